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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

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
 * <p>Reports are equal for any number of threads and any cut of rows into batches. Immutable and safe to share.
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
    return new TableState(rules, schema, options, part, new TextIds());
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
    TableReport report = state.report(clock.instant());
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
    try (state) {
      if (threads == 1) {
        for (Optional<TableBatch> batch = source.next(); batch.isPresent(); ) {
          state.add(batch.get());
          batch = source.next();
        }
      } else {
        share(state, new Slices(source), executor, threads);
      }
      return report(state);
    }
  }

  private static void share(TableState state, Slices slices, Executor executor, int threads) {
    List<Worker> workers = new ArrayList<>();
    try {
      for (int i = 1; i < threads; i++) {
        Worker worker = new Worker(slices, state.sibling());
        workers.add(worker);
        if (!isAccepted(executor, worker)) {
          break;
        }
      }
      slices.work(state);
      for (Worker worker : workers) {
        worker.finish();
      }
      slices.rethrow();
      workers.forEach(worker -> state.merge(worker.state));
    } finally {
      slices.stop();
      workers.forEach(Worker::finish);
      workers.forEach(worker -> worker.state.close());
    }
  }

  /** Whether an executor takes work; where it is full or shut down, fewer threads do the same. */
  private static boolean isAccepted(Executor executor, Runnable work) {
    try {
      executor.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** Work that the executor does, unless it comes too late. */
  private static final class Worker implements Runnable {
    private final Slices slices;
    private final TableState state;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    Worker(Slices slices, TableState state) {
      this.slices = slices;
      this.state = state;
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        try {
          slices.work(state);
        } finally {
          ended.countDown();
        }
      }
    }

    /** Waits for what was begun, which ends after its slice at the latest, and lets nothing begin any more. */
    void finish() {
      if (begun.compareAndSet(false, true)) {
        ended.countDown();
      }
      boolean interrupted = false;
      while (ended.getCount() > 0) {
        try {
          ended.await();
        } catch (InterruptedException e) {
          interrupted = true;
          slices.stop();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
        slices.fail(new QilinException(ErrorCode.CANCELLED, "judging a table was interrupted"));
      }
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
    private Optional<Throwable> failure = Optional.empty();

    Slices(Source source) {
      this.source = source;
    }

    void work(TableState state) {
      try {
        for (Optional<Slice> slice = take(); slice.isPresent(); slice = take()) {
          Slice rows = slice.get();
          state.add(rows.batch(), rows.batchRow(), rows.from(), rows.to());
        }
      } catch (RuntimeException | Error e) {
        fail(e);
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

    private synchronized void fail(Throwable e) {
      ended = true;
      failure = failure.isPresent() ? failure : Optional.of(e);
    }

    synchronized void stop() {
      ended = true;
    }

    synchronized void rethrow() {
      if (failure.isPresent() && failure.get() instanceof RuntimeException e) {
        throw e;
      }
      if (failure.isPresent()) {
        throw (Error) failure.get();
      }
    }
  }
}
