package io.qilin.spark;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Factors over bars that lie in Spark, to the last bit those of {@link io.qilin.core.factor.FactorEngine} on a panel of the
 * same rows, however the rows are partitioned, on however many executors, and whether tasks were repeated or not.
 *
 * <p>Bars are one row an instrument and day. An instrument has rows from its first to its last day in the data; the days are
 * those that occur with any instrument, or {@link SparkFactorSettings.Builder#calendar}; a day without a row between the first
 * and the last is a row of {@code NaN}. Null and {@code NaN} are not known.
 *
 * <p>A call reads the bars once, moves them to partitions by instrument and learns the days and the instruments, which is
 * all that reaches the driver; whatever is wrong with the bars is told then. Factors are computed when the result is used.
 * Operators over time run on partitions of instruments, those that compare instruments on partitions of days, in turns.
 * Errors of that later part arrive as Spark's own; {@link SparkJobs#call} makes them Qilin's.
 *
 * <p>For sessions in the process of the driver, not for Spark Connect. Stateless and safe to share.
 */
public final class SparkFactors {
  private SparkFactors() {}

  /** Computes with {@link SparkFactorSettings#DEFAULT}; otherwise as {@link #compute(Dataset, FactorSet, SparkFactorSettings)}. */
  public static Dataset<Row> compute(Dataset<Row> bars, FactorSet factors) {
    return compute(bars, factors, SparkFactorSettings.DEFAULT);
  }

  /**
   * Computes factors.
   *
   * @param bars in any order, at most one row for an instrument and day
   * @return the columns of the instrument, as written in the bars, and of the day, a DATE whatever the bars have; then a DOUBLE
   *     for each factor in the order of the set, null where it is not known. A row for each day of each instrument's span,
   *     in no particular order. Computed anew at each use, from the bars as they were moved
   * @throws QilinException as the engine for expressions, LOOK_AHEAD for one that reads the future; DATA_NOT_FOUND for a
   *     column, a field or an instrument that is not there, or no row at all; DATA_FORMAT with partition and row for a
   *     cell that cannot be; DATA_CONFLICT for two rows of one instrument and day, or two spellings of an instrument;
   *     NOT_A_TRADING_DAY for a row beside the calendar given; INVALID_ARGUMENT for factors whose names differ in case
   *     alone, where Spark does not tell them apart, or operators that cannot be sent; LIMIT_EXCEEDED for too many
   *     instruments, or more than {@code taskBytes}; UNSUPPORTED for a streaming Dataset, over Spark Connect, or where Kryo
   *     takes registered classes only; CANCELLED; SYSTEM if Spark fails
   */
  public static Dataset<Row> compute(
      Dataset<Row> bars, FactorSet factors, SparkFactorSettings settings) {
    return SparkJobs.call(() -> FactorRun.begin(bars, factors, settings).rows());
  }

  /**
   * Computes factors into Arrow, for those who pass it on; otherwise as {@link #compute(Dataset, FactorSet,
   * SparkFactorSettings)}.
   *
   * @return Arrow IPC streams, each with its schema and one batch of about a megabyte: instrument, day, factors; what is
   *     not known is null
   */
  public static Dataset<byte[]> computeArrow(
      Dataset<Row> bars, FactorSet factors, SparkFactorSettings settings) {
    return SparkJobs.call(() -> FactorRun.begin(bars, factors, settings).arrow());
  }
}
