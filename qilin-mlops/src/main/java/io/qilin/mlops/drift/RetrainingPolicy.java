package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When drift is answered by training anew. Any one of its signals is enough; the cooldown and the least sample hold it back.
 *
 * @param features how many features must have drifted, at least 1; counted together with featureShare: both must be reached
 * @param featureShare the share of the judged features that must have drifted, in [0, 1]
 * @param onLabel whether drift of the label is a signal
 * @param onConcept whether a change of the model's losses is a signal
 * @param cooldown the least time between two trainings, not negative
 * @param leastSample how many new samples there must be to train on, 0 or more
 */
public record RetrainingPolicy(
    int features,
    double featureShare,
    boolean onLabel,
    boolean onConcept,
    Duration cooldown,
    long leastSample) {
  /** One tenth of the features and at least one, the label or the concept; at most once a day, from 1,000 samples on. */
  public static final RetrainingPolicy DEFAULT =
      new RetrainingPolicy(1, 0.1, true, true, Duration.ofDays(1), 1_000);

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public RetrainingPolicy {
    if (features < 1 || !(featureShare >= 0 && featureShare <= 1)) {
      throw QilinException.invalid(
          "at least one feature and a share in [0, 1], was " + features + " and " + featureShare);
    }
    if (cooldown.isNegative() || leastSample < 0) {
      throw QilinException.invalid("the cooldown and the least sample are not negative, was "
          + cooldown + " and " + leastSample);
    }
  }

  /**
   * Decides.
   *
   * @param report of the features and the label
   * @param conceptChanged whether a {@link ChangeDetector} has shown a change since the last training
   * @param newSamples how many matured samples the model has not been trained on
   * @param now the moment
   * @param lastTraining when it was trained last; empty if never. A moment after now holds back too
   */
  public RetrainingDecision decide(
      DriftReport report,
      boolean conceptChanged,
      long newSamples,
      Instant now,
      Optional<Instant> lastTraining) {
    Objects.requireNonNull(now, "now");
    List<String> reasons = new ArrayList<>();
    int judged = report.featuresJudged();
    int drifted = report.featuresDrifted();
    if (drifted >= features && drifted >= featureShare * judged) {
      reasons.add(drifted + " of " + judged + " features drifted");
    }
    if (onLabel && report.labelDrifted()) {
      reasons.add("the label drifted");
    }
    if (onConcept && conceptChanged) {
      reasons.add("the losses of the model changed");
    }
    List<String> holds = new ArrayList<>();
    lastTraining
        .filter(last -> Duration.between(last, now).compareTo(cooldown) < 0)
        .ifPresent(last -> holds.add("trained at " + last + ", cooldown " + cooldown));
    if (newSamples < leastSample) {
      holds.add(newSamples + " new samples, at least " + leastSample + " are needed");
    }
    return new RetrainingDecision(!reasons.isEmpty() && holds.isEmpty(), reasons, holds);
  }
}
