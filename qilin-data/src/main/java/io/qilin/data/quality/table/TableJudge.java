package io.qilin.data.quality.table;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Judges tables by rules, in one pass, never holding more than a batch for each thread.
 *
 * <pre>{@code
 * TableJudge judge = TableJudge.of(TableRules.parse(text), JudgeOptions.builder().build(), clock);
 * try (TableReader table = TableFormats.discover().of(file).open(file, TableScan.ALL)) {
 *   TableReport report = judge.judge("bars.parquet", table);
 * }
 * }</pre>
 *
 * <p>Reports are equal for any number of threads and any cut of rows into batches. Judging stops within about 100 ms when
 * {@link JudgeOptions#cancellation} asks for it or the calling thread is interrupted, with CANCELLED and without a report;
 * a source of rows that blocks meanwhile must end by itself. Immutable and safe to share.
 */
public final class TableJudge {
  /** Rows that a thread takes at once. */
  private static final int SLICE = 1 << 16;

  private final TableRules rules;
  private final JudgeOptions options;
  private final Clock clock;
  private final Optional<AlertSink> sink;

  private TableJudge(
      TableRules rules, JudgeOptions options, Clock clock, Optional<AlertSink> sink) {
    this.rules = Objects.requireNonNull(rules, "rules");
    this.options = Objects.requireNonNull(options, "options");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.sink = sink;
  }

  /**
   * A judge that tells nobody.
   *
   * @param clock tells the moment that reports bear; whether rows are late follows from the options
   */
  public static TableJudge of(TableRules rules, JudgeOptions options, Clock clock) {
    return new TableJudge(rules, options, clock, Optional.empty());
  }

  /** The same judge, which tells a sink when a report is due for an alert. */
  public TableJudge alerting(AlertSink to) {
    return new TableJudge(rules, options, clock, Optional.of(to));
  }

  /**
   * A state that has seen nothing.
   *
   * @param part name of the part of the table that comes first
   * @throws QilinException DATA_NOT_FOUND if a rule names no column of the schema; INVALID_ARGUMENT for one of the wrong
   *     type
   */
  public TableState begin(TableSchema schema, String part) {
    return new TableState(rules, schema, options, part, new TextIds(options));
  }

  /**
   * A state that was stored by {@link TableState#toBytes}.
   *
   * @throws QilinException DATA_FORMAT for damaged bytes; UNSUPPORTED for another version; INVALID_ARGUMENT for other
   *     rules or columns; LIMIT_EXCEEDED
   */
  public TableState read(TableSchema schema, byte[] bytes) {
    TableState state = begin(schema, "");
    state.read(bytes);
    return state;
  }

  /** Reads a table to its end and judges it. */
  public TableReport judge(String part, TableReader table) {
    return judge(part, table, Runnable::run, 1);
  }

  /** Judges a table in memory. */
  public TableReport judge(String part, List<TableBatch> table) {
    return judge(part, table, Runnable::run, 1);
  }

  /**
   * Reads a table to its end and judges it.
   *
   * @param executor runs all but one of the threads; the calling one works too, alone if it takes no work
   * @param threads how many work at once, at least 1
   */
  public TableReport judge(String part, TableReader table, Executor executor, int threads) {
    return judge(begin(table.schema(), part), table::next, executor, threads);
  }

  /**
   * Judges a table in memory.
   *
   * @param table at least one batch
   * @param executor runs all but one of the threads; the calling one works too, alone if it takes no work
   * @param threads how many work at once, at least 1
   */
  public TableReport judge(String part, List<TableBatch> table, Executor executor, int threads) {
    if (table.isEmpty()) {
      throw QilinException.invalid("a table in memory has at least one batch");
    }
    Iterator<TableBatch> batches = List.copyOf(table).iterator();
    Source source = () -> batches.hasNext() ? Optional.of(batches.next()) : Optional.empty();
    return judge(begin(table.get(0).schema(), part), source, executor, threads);
  }

  /** What came of a state, with an alert if one is due. */
  public TableReport report(TableState state) {
    return told(state.report(clock.instant()));
  }

  private TableReport told(TableReport report) {
    if (report.alert()) {
      sink.ifPresent(to -> to.alert(
          new Alert(report.judgedAt(), ErrorCode.DATA_QUALITY, "quality", report.summary())));
    }
    return report;
  }

  private TableReport judge(TableState state, Source source, Executor executor, int threads) {
    if (threads < 1) {
      throw QilinException.invalid("a table is judged by at least 1 thread, not " + threads);
    }
    Crew crew = new Crew(executor, threads, options);
    try (state) {
      if (threads == 1) {
        for (Optional<TableBatch> batch = source.next(); batch.isPresent(); ) {
          state.add(batch.get());
          batch = source.next();
        }
      } else {
        share(state, new Slices(source), crew, threads);
      }
      return told(state.report(clock.instant(), crew));
    }
  }

  private static void share(TableState state, Slices slices, Crew crew, int threads) {
    List<TableState> siblings = new ArrayList<>();
    try {
      List<Runnable> works = new ArrayList<>();
      works.add(() -> slices.work(state));
      for (int i = 1; i < threads; i++) {
        TableState sibling = state.sibling();
        siblings.add(sibling);
        works.add(() -> slices.work(sibling));
      }
      crew.run(works, slices::stop);
      siblings.forEach(state::merge);
    } finally {
      siblings.forEach(TableState::close);
    }
  }

  /** Where batches come from; used by one thread at a time. */
  private interface Source {
    Optional<TableBatch> next();
  }

  /** Hands out rows to threads. One lock guards all of it. */
  private static final class Slices {
    private final Source source;
    private Optional<TableBatch> batch = Optional.empty();
    private long batchRow;
    private int next;
    private boolean ended;

    Slices(Source source) {
      this.source = source;
    }

    void work(TableState state) {
      for (Optional<Slice> slice = take(); slice.isPresent(); slice = take()) {
        Slice rows = slice.get();
        state.add(rows.batch(), rows.batchRow(), rows.from(), rows.to());
      }
    }

    private record Slice(TableBatch batch, long batchRow, int from, int to) {}

    private synchronized Optional<Slice> take() {
      while (!ended && (batch.isEmpty() || next >= size())) {
        batchRow += batch.isEmpty() ? 0 : size();
        batch = source.next();
        next = 0;
        ended = batch.isEmpty();
      }
      if (ended) {
        return Optional.empty();
      }
      int from = next;
      next = Math.min(size(), from + SLICE);
      return Optional.of(new Slice(batch.orElseThrow(), batchRow, from, next));
    }

    private int size() {
      return batch.orElseThrow().columns().get(0).rows();
    }

    synchronized void stop() {
      ended = true;
    }
  }
}
