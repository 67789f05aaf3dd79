package io.qilin.spark;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.core.expression.ExpressionLimits;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.NumericMode;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How {@link SparkFactors} reads bars and computes. Immutable and safe to share.
 *
 * @param instrumentColumn the column of the instrument, a STRING such as {@code 600519.SH}
 * @param dayColumn the column of the day: a DATE, or a TIMESTAMP at midnight in Shanghai or UTC
 * @param fieldColumns the columns of fields that are not named as these
 * @param mode Qlib's numbers or better ones
 * @param missing what to do with fields and instruments that the bars lack
 * @param operators makes the host's operators, in the driver and in each process that computes
 * @param limits how large an expression may be
 * @param infinities whether infinite values are computed with; they are refused otherwise
 * @param nans whether a factor that is not known is {@code NaN}; null otherwise
 * @param calendar the trading days, ascending; those of the bars if empty
 * @param partitions of instruments and of days; twice the cores that the cluster has when it is asked, if 0
 * @param taskBytes memory that a task may use for bars and for what it sorts out at a time, beside the engine's own
 */
public record SparkFactorSettings(
    String instrumentColumn,
    String dayColumn,
    Map<Field, String> fieldColumns,
    NumericMode mode,
    MissingData missing,
    Operators operators,
    ExpressionLimits limits,
    boolean infinities,
    boolean nans,
    List<LocalDate> calendar,
    int partitions,
    long taskBytes) {
  private static final long LEAST_BYTES = 1 << 20;
  private static final int MOST_PARTITIONS = 100_000;

  /** What the builder starts with. */
  public static final SparkFactorSettings DEFAULT = builder().build();

  /** Makes operators where factors are computed, as they are not sent themselves: the same ones in each process. */
  @FunctionalInterface
  public interface Operators extends Supplier<FactorOperators>, Serializable {}

  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT for a number out of its range, one column for instrument and day, or a calendar
   *     that does not ascend
   */
  public SparkFactorSettings {
    Objects.requireNonNull(instrumentColumn, "instrumentColumn");
    Objects.requireNonNull(dayColumn, "dayColumn");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(operators, "operators");
    Objects.requireNonNull(limits, "limits");
    fieldColumns = Map.copyOf(fieldColumns);
    calendar = List.copyOf(calendar);
    if (instrumentColumn.equalsIgnoreCase(dayColumn)) {
      throw QilinException.invalid(
          "the instrument and the day are two columns, not one " + QilinException.quote(dayColumn));
    }
    if (partitions < 0 || partitions > MOST_PARTITIONS) {
      throw QilinException.invalid(
          "partitions must be 0 to " + MOST_PARTITIONS + ", was " + partitions);
    }
    if (taskBytes < LEAST_BYTES) {
      throw QilinException.invalid(
          "a task needs at least " + LEAST_BYTES + " bytes, was given " + taskBytes);
    }
    for (int i = 1; i < calendar.size(); i++) {
      if (!calendar.get(i).isAfter(calendar.get(i - 1))) {
        throw QilinException.invalid("days of a calendar must ascend, but " + calendar.get(i)
            + " follows " + calendar.get(i - 1));
      }
    }
  }

  /** Starts from the settings of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Settings one by one; each method says what holds without it. Not thread-safe. */
  public static final class Builder {
    private String instrumentColumn = "instrument";
    private String dayColumn = "day";
    private Map<Field, String> fieldColumns = Map.of();
    private NumericMode mode = NumericMode.QLIB_EXACT;
    private MissingData missing = MissingData.REFUSE;
    private Operators operators = () -> FactorOperators.NONE;
    private ExpressionLimits limits = ExpressionLimits.DEFAULT;
    private boolean infinities;
    private boolean nans;
    private List<LocalDate> calendar = List.of();
    private int partitions;
    private long taskBytes = 256L << 20;

    private Builder() {}

    /** The column of the instrument; {@code instrument} unless set. */
    public Builder instrumentColumn(String name) {
      instrumentColumn = name;
      return this;
    }

    /** The column of the day; {@code day} unless set. */
    public Builder dayColumn(String name) {
      dayColumn = name;
      return this;
    }

    /** The columns of fields; unless set, those of the fields' names, in whatever case. */
    public Builder fieldColumns(Map<Field, String> columns) {
      fieldColumns = columns;
      return this;
    }

    /** Qlib's numbers or better ones; QLIB_EXACT unless set. */
    public Builder mode(NumericMode numbers) {
      mode = numbers;
      return this;
    }

    /** What to do with fields and instruments that the bars lack; REFUSE unless set. */
    public Builder missing(MissingData policy) {
      missing = policy;
      return this;
    }

    /** A lambda, of a class that the executors have, that makes operators beside the built-in ones; none unless set. */
    public Builder operators(Operators custom) {
      operators = custom;
      return this;
    }

    /** How large an expression may be; {@link ExpressionLimits#DEFAULT} unless set. */
    public Builder limits(ExpressionLimits largest) {
      limits = largest;
      return this;
    }

    /** Computes with infinite values as the local engine does; refused with DATA_FORMAT unless set. */
    public Builder infinities() {
      infinities = true;
      return this;
    }

    /**
     * Makes factors that are not known {@code NaN}, which Spark takes for larger than any number, in filters and when it
     * sorts; null unless set.
     */
    public Builder nans() {
      nans = true;
      return this;
    }

    /** The trading days, of which those from the first to the last row count; those with a row unless set. */
    public Builder calendar(List<LocalDate> days) {
      calendar = days;
      return this;
    }

    /** Partitions of instruments and of days, up to 100,000; twice the cores that the cluster has then unless set. */
    public Builder partitions(int count) {
      partitions = count;
      return this;
    }

    /** Memory of a task beside the engine's own, at least 1 MiB; 256 MiB unless set. */
    public Builder taskBytes(long bytes) {
      taskBytes = bytes;
      return this;
    }

    /**
     * The settings.
     *
     * @throws QilinException INVALID_ARGUMENT as the record says
     */
    public SparkFactorSettings build() {
      return new SparkFactorSettings(
          instrumentColumn,
          dayColumn,
          fieldColumns,
          mode,
          missing,
          operators,
          limits,
          infinities,
          nans,
          calendar,
          partitions,
          taskBytes);
    }
  }
}
