package io.qilin.mlops.drift;

import java.util.Objects;

/**
 * What one comparison of a check showed. What does not apply, or is not known, is {@code NaN}.
 *
 * @param name of the column
 * @param kind what was compared
 * @param reference how many values counted on the side of the reference, as effective size
 * @param current the same of the current side
 * @param distance the effect: the Kolmogorov–Smirnov distance, the change of the share of missing values (signed), or Cramér's V
 * @param psi population stability index
 * @param chancePsi what the index exceeds with the chance α when nothing drifts, for these sizes
 * @param jensenShannon in bits, in [0, 1]
 * @param pValue before the correction
 * @param adjusted after the correction over all signals of the check
 * @param state the conclusion
 */
public record DriftSignal(
    String name,
    Kind kind,
    double reference,
    double current,
    double distance,
    double psi,
    double chancePsi,
    double jensenShannon,
    double pValue,
    double adjusted,
    State state) {
  /** What was compared. */
  public enum Kind {
    /** The distribution of a feature. */
    FEATURE,
    /** The shares of the categories of a feature. */
    CATEGORY,
    /** The share of {@code NaN} of a feature. */
    MISSING,
    /** The distribution of the label. */
    LABEL
  }

  /** The conclusion. */
  public enum State {
    /** Too few values to judge. */
    TOO_FEW,
    /** No change shown. */
    STABLE,
    /** A change that chance does not explain, but too small to matter. */
    SLIGHT,
    /** A change that chance does not explain, and that matters. */
    DRIFTED
  }

  /** Checks. */
  public DriftSignal {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(state, "state");
  }

  /** Whether a change was shown that matters. */
  public boolean drifted() {
    return state == State.DRIFTED;
  }

  DriftSignal judged(double corrected, State as) {
    return new DriftSignal(
        name,
        kind,
        reference,
        current,
        distance,
        psi,
        chancePsi,
        jensenShannon,
        pValue,
        corrected,
        as);
  }
}
