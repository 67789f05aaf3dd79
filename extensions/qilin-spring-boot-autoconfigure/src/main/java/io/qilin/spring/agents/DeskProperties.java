package io.qilin.spring.agents;

import io.qilin.agents.analyst.Preset;
import io.qilin.spring.PropertyRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the desk decides.
 *
 * @param preset which formulas and weights the built-in analysts follow
 * @param weights weights of votes by analyst; 0 leaves an analyst out
 * @param otherWeight the weight of an analyst that is not built in and has no weight of its own
 * @param top how many shares are recommended at most
 * @param minScore the score in [-1, 1] that a share must exceed
 * @param minCoverage least share of the weight that must have data
 * @param minSafety least safety by the risk manager
 * @param cash what the account holds, in yuan
 * @param deadline how long analysts and models may take together
 * @param debate who argues about the best shares
 * @param parallel whether analysts work on Qilin's threads; on the caller's own none can be late
 */
@ConfigurationProperties(prefix = "qilin.desk", ignoreUnknownFields = false)
public record DeskProperties(
    @DefaultValue("standard") Preset preset,
    @DefaultValue Map<String, Double> weights,
    @DefaultValue("0.1") double otherWeight,
    @DefaultValue("2") int top,
    @DefaultValue("0") double minScore,
    @DefaultValue("0.5") double minCoverage,
    @DefaultValue("0.3") double minSafety,
    @DefaultValue("1000000") BigDecimal cash,
    @DefaultValue("30s") Duration deadline,
    @DefaultValue("rules") Speakers debate,
    @DefaultValue("true") boolean parallel) {
  private static final BigDecimal MOST_CASH = BigDecimal.valueOf(1_000_000_000_000L);

  /** Who argues. */
  public enum Speakers {
    /** Nobody. */
    OFF,
    /** Fixed rules. */
    RULES,
    /** Language models; rules where one fails. It moves no score. */
    MODELS
  }

  /**
   * Checks the values and copies the weights.
   *
   * @throws PropertyRefused if one is out of range
   */
  public DeskProperties {
    weights = Map.copyOf(weights);
    weights.forEach((id, weight) -> weight("qilin.desk.weights." + id, weight));
    weight("qilin.desk.other-weight", otherWeight);
    PropertyRefused.unless(
        top >= 0 && top <= 100, "qilin.desk.top", top, "a number of shares from 0 to 100");
    PropertyRefused.unless(
        minScore >= -1 && minScore <= 1, "qilin.desk.min-score", minScore, "a score is -1 to 1");
    fraction("qilin.desk.min-coverage", minCoverage);
    fraction("qilin.desk.min-safety", minSafety);
    PropertyRefused.unless(
        cash.signum() >= 0
            && cash.compareTo(MOST_CASH) <= 0
            && cash.stripTrailingZeros().scale() <= 2,
        "qilin.desk.cash",
        cash,
        "an amount in yuan from 0 to " + MOST_CASH.toPlainString() + ", with two decimals at most");
    PropertyRefused.unless(
        !deadline.isNegative() && !deadline.isZero() && deadline.compareTo(Duration.ofDays(1)) <= 0,
        "qilin.desk.deadline",
        deadline,
        "a duration above 0 and at most a day, for example 30s");
  }

  private static void weight(String property, double weight) {
    PropertyRefused.unless(
        weight == 0 || (weight >= 1e-6 && weight <= 1e6),
        property,
        weight,
        "a weight is 0, which leaves the analyst out, or 1e-6 to 1e6");
  }

  private static void fraction(String property, double value) {
    PropertyRefused.unless(value >= 0 && value <= 1, property, value, "a fraction from 0 to 1");
  }
}
