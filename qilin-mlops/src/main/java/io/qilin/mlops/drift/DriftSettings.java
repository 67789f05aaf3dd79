package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * How columns are compared. A signal needs both: a p-value that chance does not give, and an effect that matters. With a p-value
 * alone everything drifts on large data; with an effect alone, on small.
 *
 * @param falseAlarms α, the rate that the control holds, in (0, 0.5]
 * @param control over the signals of one check
 * @param bins of the reference for the population stability index, 2 to 1,000
 * @param leastPsi the index below which a change of distribution does not matter, 0 or more
 * @param leastShare the change of a share of missing values, or Cramér's V of categories, that does not matter, in [0, 1)
 * @param leastSample the fewest known values on each side, at least 20; fewer are not judged
 * @param seed of what is simulated
 */
public record DriftSettings(
    double falseAlarms,
    FalseAlarmControl control,
    int bins,
    double leastPsi,
    double leastShare,
    int leastSample,
    long seed) {
  /** See the builder for the defaults. */
  public static final DriftSettings DEFAULT = builder().build();

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public DriftSettings {
    if (!(falseAlarms > 0 && falseAlarms <= 0.5)) {
      throw QilinException.invalid("a rate of false alarms is in (0, 0.5], was " + falseAlarms);
    }
    Objects.requireNonNull(control, "control");
    if (bins < 2 || bins > 1_000) {
      throw QilinException.invalid("there are 2 to 1,000 bins, was " + bins);
    }
    if (!(leastPsi >= 0) || Double.isInfinite(leastPsi)) {
      throw QilinException.invalid("the least index is 0 or more, was " + leastPsi);
    }
    if (!(leastShare >= 0 && leastShare < 1)) {
      throw QilinException.invalid("the least change of a share is in [0, 1), was " + leastShare);
    }
    if (leastSample < 20) {
      throw QilinException.invalid("a sample has at least 20 values, was " + leastSample);
    }
  }

  /** The defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers settings. Not thread-safe. */
  public static final class Builder {
    private double falseAlarms = 0.05;
    private FalseAlarmControl control = FalseAlarmControl.BENJAMINI_HOCHBERG;
    private int bins = 10;
    private double leastPsi = 0.1;
    private double leastShare = 0.05;
    private int leastSample = 200;
    private long seed = 7;

    private Builder() {}

    /** α; 0.05 unless set. */
    public Builder falseAlarms(double rate) {
      falseAlarms = rate;
      return this;
    }

    /** BENJAMINI_HOCHBERG unless set. */
    public Builder control(FalseAlarmControl over) {
      control = over;
      return this;
    }

    /** 10 unless set. */
    public Builder bins(int count) {
      bins = count;
      return this;
    }

    /** 0.1 unless set. */
    public Builder leastPsi(double psi) {
      leastPsi = psi;
      return this;
    }

    /** 0.05 unless set. */
    public Builder leastShare(double share) {
      leastShare = share;
      return this;
    }

    /** 200 unless set. */
    public Builder leastSample(int values) {
      leastSample = values;
      return this;
    }

    /** 7 unless set. */
    public Builder seed(long of) {
      seed = of;
      return this;
    }

    /**
     * The settings.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public DriftSettings build() {
      return new DriftSettings(falseAlarms, control, bins, leastPsi, leastShare, leastSample, seed);
    }
  }
}
