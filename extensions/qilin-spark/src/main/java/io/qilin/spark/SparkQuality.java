package io.qilin.spark;

import io.qilin.api.error.QilinException;
import io.qilin.data.quality.table.JudgeOptions;
import io.qilin.data.quality.table.TableJudge;
import io.qilin.data.quality.table.TableReport;
import io.qilin.data.quality.table.TableRules;
import io.qilin.data.quality.table.TableState;
import io.qilin.data.table.TableSchema;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Judges a table in Spark by {@link TableRules}: a state for each partition, merged two by two on the executors, so that one
 * state reaches the driver. Counts, scores and verdicts are those of {@link TableJudge} over the same rows, in whatever
 * partitions they lie.
 *
 * <p>As with any state that was stored, findings do not tell part and row, only the key, and of rows whose key comes twice
 * only those are listed that one partition has together. Stateless and safe to share.
 */
public final class SparkQuality {
  private SparkQuality() {}

  /** What rules need to know besides the table, made anew in each task, as it is not sent itself. */
  @FunctionalInterface
  public interface Options extends Supplier<JudgeOptions>, Serializable {}

  /** Judges without any knowledge besides the table; otherwise as {@link #judge(Dataset, TableRules, Options, Clock)}. */
  public static TableReport judge(Dataset<Row> table, TableRules rules, Clock clock) {
    return judge(table, rules, () -> JudgeOptions.builder().build(), clock);
  }

  /**
   * Judges a table. Only the columns that the rules name are read, by their exact names.
   *
   * @param options a lambda of a class that the executors have; without a folder to spill to, since states move as bytes
   * @param clock tells the moment that the report bears
   * @throws QilinException DATA_NOT_FOUND if a rule names no column; INVALID_ARGUMENT for one of the wrong type, or options that
   *     cannot be sent; UNSUPPORTED for a column that is not read, a streaming Dataset, or over Spark Connect; LIMIT_EXCEEDED if keys need more memory than allowed; CANCELLED;
   *     SYSTEM if Spark fails
   */
  public static TableReport judge(
      Dataset<Row> table, TableRules rules, Options options, Clock clock) {
    return SparkJobs.call(() -> {
      Dataset<Row> read = selected(table, rules);
      RowBatches.Form form = RowBatches.Form.of(read.schema());
      Sparks.serialized(options, "the options");
      TableJudge judge = TableJudge.of(rules, options.get(), clock);
      try (TableState empty = judge.begin(form.table(), "")) {
        byte[] nothing = empty.toBytes();
        Merging merging = new Merging(rules.toString(), options, form);
        byte[] all = Sparks.internal(read)
            .mapPartitions(
                rows -> List.of(merging.seen(new RowBatches(rows, form))).iterator())
            .treeAggregate(nothing, merging::merged, merging::merged);
        try (TableState state = judge.read(form.table(), all)) {
          return judge.report(state);
        }
      }
    });
  }

  /** The columns that the rules name; all that can be read if one is not there, or none is named. */
  private static Dataset<Row> selected(Dataset<Row> table, TableRules rules) {
    StructField[] columns = table.schema().fields();
    Set<String> names = rules.columns();
    boolean complete = !names.isEmpty() && List.of(table.columns()).containsAll(names);
    return Sparks.byPlace(table)
        .select(IntStream.range(0, columns.length)
            .filter(place -> complete
                ? names.contains(columns[place].name())
                : RowBatches.Form.isRead(columns[place]))
            .mapToObj(place -> Sparks.column(place).as(columns[place].name()))
            .toArray(Column[]::new));
  }

  /** The work of the tasks. */
  private static final class Merging implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String rules;
    private final Options options;
    private final RowBatches.Form form;

    Merging(String rules, Options options, RowBatches.Form form) {
      this.rules = rules;
      this.options = options;
      this.form = form;
    }

    private TableJudge judge() {
      return TableJudge.of(
          TableRules.parse(rules), options.get(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    byte[] seen(RowBatches batches) {
      String part = "partition " + TaskContext.getPartitionId();
      try (TableState state = judge().begin(form.table(), part)) {
        while (batches.hasNext()) {
          state.add(batches.next());
        }
        return state.toBytes();
      }
    }

    byte[] merged(byte[] one, byte[] other) {
      TableJudge judge = judge();
      TableSchema schema = form.table();
      try (TableState state = judge.read(schema, one);
          TableState more = judge.read(schema, other)) {
        state.merge(more);
        return state.toBytes();
      }
    }
  }
}
