package io.qilin.mlops.abtest;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that is decided before a test begins; it never changes after.
 *
 * @param id names the test; as the name of an {@link Arm}
 * @param salt goes into the assignment: keep it secret where somebody could choose symbols to get an arm; at most 256 characters
 * @param arms the first is the control; 2 to 20 of distinct names
 * @param primary what decides
 * @param guards what must not be broken; of other metrics than the primary, each at most once
 * @param confidence the chance that no interval of the primary metric ever errs, over all looks and arms, in [0.5, 1)
 * @param guarantee what the intervals of accuracy rest on
 * @param leastSample the fewest observations of each arm before anything is concluded, at least 100
 * @param leastDays the fewest days of profit before anything is concluded, at least 120
 * @param lookEvery the least time between two looks, 1 s to 366 days
 * @param until when it ends without a conclusion; never if empty
 */
public record AbTestPlan(
    String id,
    String salt,
    List<Arm> arms,
    MetricRule primary,
    List<MetricRule> guards,
    double confidence,
    Guarantee guarantee,
    int leastSample,
    int leastDays,
    Duration lookEvery,
    Optional<Instant> until) {
  private static final int MAX_ARMS = 20;
  private static final int MAX_SALT = 256;

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT naming the first fault
   */
  public AbTestPlan {
    Arm.requireName("a test", id);
    if (salt.length() > MAX_SALT || salt.indexOf('\0') >= 0) {
      throw QilinException.invalid(
          "a salt has at most " + MAX_SALT + " characters and no NUL, has " + salt.length());
    }
    arms = List.copyOf(arms);
    if (arms.size() < 2 || arms.size() > MAX_ARMS) {
      throw QilinException.invalid(
          "a test has 2 to " + MAX_ARMS + " arms, the first is the control; got " + arms.size());
    }
    Set<String> names = new HashSet<>();
    double least = Double.POSITIVE_INFINITY;
    double all = 0;
    for (Arm arm : arms) {
      if (!names.add(arm.name())) {
        throw QilinException.invalid("the arm " + arm.name() + " stands twice");
      }
      least = Math.min(least, arm.weight());
      all += arm.weight();
    }
    if (!(least / all >= 0.001)) {
      throw QilinException.invalid(
          "each arm has at least 0.001 of the traffic, the smallest has " + least / all);
    }
    guards = List.copyOf(guards);
    EnumSet<TestMetric> metrics = EnumSet.of(primary.metric());
    for (MetricRule guard : guards) {
      if (!metrics.add(guard.metric())) {
        throw QilinException.invalid("the metric " + guard.metric() + " stands twice");
      }
    }
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw QilinException.invalid("a confidence is in [0.5, 1), was " + confidence);
    }
    Objects.requireNonNull(guarantee, "guarantee");
    if (leastSample < 100 || leastDays < 120) {
      throw QilinException.invalid("the least sample is at least 100 and the least days 120, was "
          + leastSample + " and " + leastDays + "; the intervals do not hold for fewer");
    }
    if (lookEvery.compareTo(Duration.ofSeconds(1)) < 0
        || lookEvery.compareTo(Duration.ofDays(366)) > 0) {
      throw QilinException.invalid("looks are 1 s to 366 days apart, was " + lookEvery);
    }
    Objects.requireNonNull(until, "until");
  }

  /**
   * A plan with the defaults of the builder.
   *
   * @param id names the test
   * @param control what decisions use now
   * @param primary what decides
   */
  public static Builder builder(String id, Arm control, MetricRule primary) {
    return new Builder(id, control, primary);
  }

  /** The metrics, the primary first. */
  public List<MetricRule> rules() {
    List<MetricRule> rules = new ArrayList<>();
    rules.add(primary);
    rules.addAll(guards);
    return List.copyOf(rules);
  }

  /** The control. */
  public Arm control() {
    return arms.get(0);
  }

  /** The part of the traffic of the arm of that place, in (0, 1). */
  public double share(int arm) {
    return arms.get(arm).weight() / arms.stream().mapToDouble(Arm::weight).sum();
  }

  /**
   * The place of an arm.
   *
   * @throws QilinException INVALID_ARGUMENT with the names there are
   */
  public int place(String arm) {
    for (int i = 0; i < arms.size(); i++) {
      if (arms.get(i).name().equals(arm)) {
        return i;
      }
    }
    throw QilinException.invalid("the test " + id + " has no arm " + QilinException.quote(arm)
        + ", it has " + arms.stream().map(Arm::name).toList());
  }

  /** Gathers a plan. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final List<Arm> arms = new ArrayList<>();
    private final MetricRule primary;
    private final List<MetricRule> guards = new ArrayList<>();
    private String salt = "";
    private double confidence = 0.95;
    private Guarantee guarantee = Guarantee.ASYMPTOTIC;
    private int leastSample = 1_000;
    private int leastDays = 250;
    private Duration lookEvery = Duration.ofMinutes(5);
    private Optional<Instant> until = Optional.empty();

    private Builder(String id, Arm control, MetricRule primary) {
      this.id = id;
      this.arms.add(control);
      this.primary = primary;
    }

    /** Adds an arm beside the control; at least one is needed. */
    public Builder arm(Arm arm) {
      arms.add(arm);
      return this;
    }

    /** Adds a guard; none unless added. */
    public Builder guard(MetricRule rule) {
      guards.add(rule);
      return this;
    }

    /** Empty unless set. */
    public Builder salt(String text) {
      salt = text;
      return this;
    }

    /** 0.95 unless set. */
    public Builder confidence(double chance) {
      confidence = chance;
      return this;
    }

    /** ASYMPTOTIC unless set. */
    public Builder guarantee(Guarantee of) {
      guarantee = of;
      return this;
    }

    /** 1,000 unless set. */
    public Builder leastSample(int observations) {
      leastSample = observations;
      return this;
    }

    /** 250 unless set: a year of trading. */
    public Builder leastDays(int days) {
      leastDays = days;
      return this;
    }

    /** 300 s unless set. */
    public Builder lookEvery(Duration interval) {
      lookEvery = interval;
      return this;
    }

    /** Never unless set. */
    public Builder until(Instant end) {
      until = Optional.of(end);
      return this;
    }

    /**
     * The plan.
     *
     * @throws QilinException INVALID_ARGUMENT naming the first fault
     */
    public AbTestPlan build() {
      return new AbTestPlan(
          id,
          salt,
          arms,
          primary,
          guards,
          confidence,
          guarantee,
          leastSample,
          leastDays,
          lookEvery,
          until);
    }
  }
}
