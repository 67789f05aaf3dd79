package io.qilin.ops.alert;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * When a metric is to be told to people. Immutable.
 *
 * @param name unique among the rules of an engine, 1 to 200 characters
 * @param metric which reading it looks at, 1 to 200 characters
 * @param direction which side of the threshold is wrong
 * @param threshold in the metric's unit, finite; the threshold itself is fine
 * @param unit of the metric, for messages; may be empty
 * @param clearThreshold what a firing rule needs to be fine again: a reading at it or beyond it, on the right side; not on the
 *     wrong side of the threshold
 * @param severity of the alert
 * @param code of the alert
 * @param forDuration how long readings must be wrong one after another; a gap between them does not count
 * @param cooldown the shortest time between two alerts of this rule; what is still firing then is told then
 * @param minSample a reading from fewer observations counts as missing
 * @param noDataAfter how long readings must be missing before that is told
 */
public record AlertRule(
    String name,
    String metric,
    Direction direction,
    double threshold,
    String unit,
    double clearThreshold,
    Severity severity,
    ErrorCode code,
    Duration forDuration,
    Duration cooldown,
    long minSample,
    Duration noDataAfter) {
  private static final int LONGEST_NAME = 200;
  private static final Duration LONGEST = Duration.ofDays(365);

  /** The rules of the seed: accuracy below 0.6, latency above 1000 ms, a loss of more than 10,000 yuan a day. */
  public static final List<AlertRule> DEFAULTS = List.of(
      builder("prediction_accuracy", "prediction_accuracy", Direction.BELOW, 0.6)
          .severity(Severity.CRITICAL)
          .build(),
      builder("system_latency", "system_latency", Direction.ABOVE, 1_000)
          .unit("ms")
          .build(),
      builder("trading_profit", "trading_profit", Direction.BELOW, -10_000)
          .unit("yuan")
          .build());

  /** Which side of a threshold is wrong. */
  public enum Direction {
    /** Smaller values. */
    BELOW,
    /** Greater values. */
    ABOVE
  }

  /**
   * Checks.
   *
   * @throws QilinException INVALID_CONFIGURATION for a rule that could not work
   */
  public AlertRule {
    text(name, "name");
    text(metric, "metric");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(code, "code");
    if (unit.length() > LONGEST_NAME) {
      throw refused(name, "its unit is too long");
    }
    if (!Double.isFinite(threshold) || !Double.isFinite(clearThreshold)) {
      throw refused(name, "thresholds are finite, were " + threshold + ", " + clearThreshold);
    }
    boolean apart =
        direction == Direction.BELOW ? clearThreshold >= threshold : clearThreshold <= threshold;
    if (!apart) {
      throw refused(
          name,
          "clearThreshold " + clearThreshold + " is on the wrong side of threshold " + threshold);
    }
    length(name, forDuration, "forDuration");
    length(name, cooldown, "cooldown");
    length(name, noDataAfter, "noDataAfter");
    if (minSample < 1) {
      throw refused(name, "minSample must be positive, was " + minSample);
    }
  }

  /** A rule with defaults. */
  public static Builder builder(String name, String metric, Direction direction, double threshold) {
    return new Builder(name, metric, direction, threshold);
  }

  /** Whether a value is wrong. */
  boolean breaches(double value) {
    return direction == Direction.BELOW ? value < threshold : value > threshold;
  }

  /** Whether a value ends the firing. */
  boolean clears(double value) {
    return direction == Direction.BELOW ? value >= clearThreshold : value <= clearThreshold;
  }

  private static void text(String text, String what) {
    if (text.isBlank() || text.length() > LONGEST_NAME) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the " + what + " of a rule has 1 to " + LONGEST_NAME + " characters, was "
              + QilinException.quote(text));
    }
  }

  private static void length(String name, Duration length, String what) {
    if (length.isNegative() || length.compareTo(LONGEST) > 0) {
      throw refused(name, what + " is between zero and 365 days, was " + length);
    }
  }

  private static QilinException refused(String name, String why) {
    return new QilinException(
        ErrorCode.INVALID_CONFIGURATION, "rule " + QilinException.quote(name) + ": " + why);
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final String name;
    private final String metric;
    private final Direction direction;
    private final double threshold;
    private double clearThreshold;
    private String unit = "";
    private Severity severity = Severity.WARNING;
    private ErrorCode code = ErrorCode.METRIC_ALERT;
    private Duration forDuration = Duration.ZERO;
    private Duration cooldown = Duration.ofMinutes(5);
    private long minSample = 1;
    private Duration noDataAfter = Duration.ofMinutes(5);

    private Builder(String name, String metric, Direction direction, double threshold) {
      this.name = Objects.requireNonNull(name, "name");
      this.metric = Objects.requireNonNull(metric, "metric");
      this.direction = Objects.requireNonNull(direction, "direction");
      this.threshold = threshold;
      this.clearThreshold = threshold;
    }

    /** Unit of the metric in messages; none unless set. */
    public Builder unit(String word) {
      unit = Objects.requireNonNull(word, "unit");
      return this;
    }

    /** What a firing rule needs to be fine again; the threshold unless set. */
    public Builder clearThreshold(double value) {
      clearThreshold = value;
      return this;
    }

    /** How bad it is; WARNING unless set. */
    public Builder severity(Severity how) {
      severity = how;
      return this;
    }

    /** Code of the alert; METRIC_ALERT unless set. */
    public Builder code(ErrorCode kind) {
      code = kind;
      return this;
    }

    /** How long readings must be wrong; zero, one reading is enough, unless set. */
    public Builder forDuration(Duration time) {
      forDuration = time;
      return this;
    }

    /** The shortest time between two alerts; 5 min unless set. */
    public Builder cooldown(Duration time) {
      cooldown = time;
      return this;
    }

    /** Readings from fewer observations count as missing; 1 unless set. */
    public Builder minSample(long observations) {
      minSample = observations;
      return this;
    }

    /** How long readings must be missing before that is told; 5 min unless set. */
    public Builder noDataAfter(Duration time) {
      noDataAfter = time;
      return this;
    }

    /**
     * The rule.
     *
     * @throws QilinException INVALID_CONFIGURATION for a rule that could not work
     */
    public AlertRule build() {
      return new AlertRule(
          name,
          metric,
          direction,
          threshold,
          unit,
          clearThreshold,
          severity,
          code,
          forDuration,
          cooldown,
          minSample,
          noDataAfter);
    }
  }
}
