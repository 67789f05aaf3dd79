package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Factors as operators of a Flink job: {@link #batch} on rows that end, split by instrument and by day as {@link
 * io.qilin.core.factor.FactorStages} says, and {@link #stream} on rows that do not, moment by moment. Both give the bits of {@link io.qilin.core.factor.FactorEngine#compute}
 * with any parallelism.
 *
 * <p>Rows have the values of the fields in the order of {@link #of}; results have those of the factors in the order of the plan's names.
 * {@code NaN} is not known. Immutable.
 */
public final class FlinkFactors {
  static final OutputTag<FactorRow> LATE =
      new OutputTag<>("qilin-late-rows", Forms.type(Forms.ROW));

  private static final int PARTITIONS_OF_TASK = 4;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final PlanDescription description;
  private final List<Field> fields;
  private final String name;
  private final Duration idleAfter;

  private FlinkFactors(
      PlanDescription description, List<Field> fields, String name, Duration idleAfter) {
    this.description = Objects.requireNonNull(description, "description");
    this.fields = List.copyOf(fields);
    this.name = Objects.requireNonNull(name, "name");
    this.idleAfter = idleAfter;
  }

  /**
   * Factors of a plan.
   *
   * @param description makes the plan
   * @param fields the columns of rows, in order
   * @throws QilinException DATA_NOT_FOUND if the plan reads a field that is not among them; INVALID_ARGUMENT if one is there
   *     twice, or the description captures what cannot be sent
   */
  public static FlinkFactors of(PlanDescription description, List<Field> fields) {
    JobChecks.requireSendable(Objects.requireNonNull(description, "description"));
    if (new TreeSet<>(fields).size() != fields.size()) {
      throw QilinException.invalid("a field is there twice among " + fields);
    }
    TreeSet<Field> lacking = new TreeSet<>(description.plan().fields());
    fields.forEach(lacking::remove);
    if (!lacking.isEmpty()) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the factors read " + lacking + ", and rows have " + fields + "; add them to the rows");
    }
    return new FlinkFactors(description, fields, "qilin-factors", Duration.ZERO);
  }

  /** This with another name, which begins the uids of the operators; {@code qilin-factors} unless set. */
  public FlinkFactors name(String prefix) {
    return new FlinkFactors(description, fields, prefix, idleAfter);
  }

  /**
   * This with a {@link #stream} that does not wait for a task of its input that brings nothing for so long, by the clock of the task manager; it
   * waits for ever unless set, also for a task that has no partition to read. What it brings later for moments that were computed is set
   * aside. No use to {@link #batch}.
   *
   * @param silence 1 ms to 1 day
   * @throws QilinException INVALID_ARGUMENT for another length
   */
  public FlinkFactors idleAfter(Duration silence) {
    if (silence.compareTo(Duration.ofMillis(1)) < 0 || silence.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "an input is idle after 1 ms to " + LONGEST + " of silence, was " + silence);
    }
    return new FlinkFactors(description, fields, name, silence);
  }

  /**
   * Adds a computation over all days. The rows of an instrument need not be in order; a partition of instruments, a quarter of
   * what a task has, is held in memory at a time, and so are all instruments of a day if the factors compare instruments. Best run
   * in Flink's batch mode, which sorts on disk; Flink's streaming mode does it only without checkpoints.
   *
   * @param rows bounded, rows of days
   * @param days the trading days, ascending: the days on which windows count
   * @return one row for each instrument and day from its first row to its last
   * @throws QilinException INVALID_ARGUMENT without days; INVALID_CONFIGURATION in streaming mode with checkpoints. The job fails with NOT_A_TRADING_DAY for a row on another day,
   *     DATA_CONFLICT for two rows of an instrument on a day, INVALID_ARGUMENT for a row of another length
   */
  public DataStream<FactorRow> batch(DataStream<FactorRow> rows, List<LocalDate> days) {
    if (days.isEmpty()) {
      throw QilinException.invalid("factors need at least one trading day, were given none");
    }
    JobChecks.requireBatchOrNoCheckpoints(rows.getExecutionEnvironment());
    List<LocalDate> sorted = days.stream().sorted().distinct().toList();
    int partitions = PARTITIONS_OF_TASK * rows.getExecutionEnvironment().getParallelism();
    StageSource source =
        new StageSource(description, fields.stream().map(Field::name).toList());
    List<FactorStage> stages = source.stages();
    DataStream<FactorRow> flow = rows;
    for (StageColumns columns : StageColumns.of(stages, fields)) {
      DataStream<FactorRow> before = flow;
      flow = stages
          .get(columns.stage())
          .<DataStream<FactorRow>>fold(
              series -> series(before, series.plan(), partitions)
                  .name(name + " route " + columns.stage())
                  .uid(name + "-route-" + columns.stage())
                  .keyBy(row -> row.f0, Types.INT)
                  .fullWindowPartition()
                  .mapPartition(new SeriesStage(source, columns, sorted, partitions))
                  .name(name + " by instrument " + columns.stage())
                  .uid(name + "-" + columns.stage()),
              cross -> before
                  .keyBy(FactorRow::time, Types.LONG)
                  .fullWindowPartition()
                  .mapPartition(new CrossStage(source, columns))
                  .name(name + " by day " + columns.stage())
                  .uid(name + "-" + columns.stage()));
    }
    return flow;
  }

  private SingleOutputStreamOperator<Tuple2<Integer, FactorRow>> series(
      DataStream<FactorRow> rows, FactorPlan plan, int partitions) {
    List<Symbol> everywhere = List.copyOf(plan.instruments());
    return rows.flatMap(new PartitionRouter(everywhere, partitions))
        .returns(Types.TUPLE(Types.INT, Forms.type(Forms.ROW)));
  }

  /**
   * What a stream of rows becomes.
   *
   * @param factors a row for each row taken, moment after moment, the instruments of a moment in their order
   * @param setAside rows that came after their moment was computed or the watermark had passed it, or second rows of an instrument for one
   *     moment, or rows of one that has ended
   */
  public record Results(DataStream<FactorRow> factors, DataStream<FactorRow> setAside) {
    /** Checks that both are there. */
    public Results {
      Objects.requireNonNull(factors, "factors");
      Objects.requireNonNull(setAside, "setAside");
    }
  }

  /**
   * Adds a computation moment by moment, for example minute by minute: when no more rows of a moment are expected, all that there are
   * go into one {@link io.qilin.core.factor.FactorStream}. An instrument has rows from its first one on; a moment without its
   * row is one of {@code NaN} for it, until {@link FactorRow#end} says that it has no more. All instruments meet in one task.
   *
   * <p>Each task of the input has a watermark of its own, the newest moment less the lateness, and the least of them counts. Flink sends it
   * every 200 ms ({@code pipeline.auto-watermark-interval}), so whether a row that is later than the lateness is set aside
   * depends on the clock.
   *
   * @param rows rows of moments
   * @param lateness how far a row may come after one of a later moment of the same task; 0 to 1 day
   * @throws QilinException INVALID_ARGUMENT for another lateness. The job fails with INVALID_ARGUMENT for a row of another length or
   *     of a day; INVALID_CONFIGURATION in Flink's batch mode, or if the state is of rows with other columns; RECORD_MISMATCH if
   *     it is of other factors
   */
  public Results stream(DataStream<FactorRow> rows, Duration lateness) {
    if (lateness.isNegative() || lateness.compareTo(LONGEST) > 0) {
      throw QilinException.invalid("the lateness is 0 to " + LONGEST + ", was " + lateness);
    }
    WatermarkStrategy<FactorRow> waiting = WatermarkStrategy.<FactorRow>forBoundedOutOfOrderness(
            lateness)
        .withTimestampAssigner((row, before) -> row.time());
    WatermarkStrategy<FactorRow> moments =
        idleAfter.isZero() ? waiting : waiting.withIdleness(idleAfter);
    SingleOutputStreamOperator<FactorRow> factors = rows.assignTimestampsAndWatermarks(moments)
        .name(name + " moments")
        .uid(name + "-moments")
        .keyBy(FactorRow::time, Types.LONG)
        .process(new FactorStreamFunction(description, fields), Forms.type(Forms.ROW))
        .name(name + " stream")
        .uid(name + "-stream")
        .setParallelism(1)
        .setMaxParallelism(1);
    return new Results(factors, factors.getSideOutput(LATE));
  }
}
