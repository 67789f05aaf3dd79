package io.qilin.mlops.registry;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.TrainingWindow;
import io.qilin.core.report.NumberText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a candidate replaces the version in production. "Its accuracy is higher" promotes noise half of the time; here a candidate
 * goes to production if all of this holds, and to staging otherwise:
 *
 * <ul>
 *   <li>All days that it is judged by are later than all that it and the production version have learnt from, labels included.
 *   <li>There are enough days and rows, the same for both.
 *   <li>With the confidence the candidate is not worse than the production version by the margin or more: the lower bound of the
 *       mean of the daily differences lies above −margin. The bound allows for days that are alike, see {@link Confidence}.
 *   <li>It is better on average, unless {@link Builder#orAsGood} says otherwise.
 * </ul>
 *
 * <p>The first version of a name is compared with the baseline of the metric instead: the lower bound of its mean lies above it.
 *
 * <p>The confidence is that of one look at one candidate. Who tries many candidates, or the same one each day until it passes,
 * promotes noise more often: use fresh days for each, or an A/B test that may be looked at any time. Immutable and safe to share.
 *
 * @param margin how much worse a candidate may be, in the metric's unit, 0 or more; with 0 it must be better beyond doubt
 * @param minimumDays at least 2
 * @param minimumRows at least 1
 * @param confidence of the bound
 * @param requireBetter whether a candidate that is as good stays in staging
 */
public record PromotionPolicy(
    double margin,
    int minimumDays,
    long minimumRows,
    Confidence confidence,
    boolean requireBetter) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a value outside its range
   */
  public PromotionPolicy {
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("a margin is a finite number from 0, was " + margin);
    }
    if (minimumDays < 2 || minimumRows < 1) {
      throw QilinException.invalid("a judgement needs 2 days and 1 row at the least, got "
          + minimumDays + " and " + minimumRows);
    }
    Objects.requireNonNull(confidence, "confidence");
  }

  /**
   * A policy.
   *
   * @param margin how much worse a candidate may be, in the metric's unit
   */
  public static Builder builder(double margin) {
    return new Builder(margin);
  }

  /** Settings of a policy. Not thread-safe. */
  public static final class Builder {
    private final double margin;
    private int minimumDays = 60;
    private long minimumRows = 1_000;
    private Confidence confidence = Confidence.PERCENT_95;
    private boolean requireBetter = true;

    private Builder(double margin) {
      this.margin = margin;
    }

    /** On how many days a candidate is judged at least; 60 unless set. */
    public Builder minimumDays(int days) {
      minimumDays = days;
      return this;
    }

    /** By how many rows a candidate is judged at least; 1,000 unless set. */
    public Builder minimumRows(long rows) {
      minimumRows = rows;
      return this;
    }

    /** How sure it must be; 95 percent, one-sided, unless set. */
    public Builder confidence(Confidence level) {
      confidence = level;
      return this;
    }

    /** Promotes a candidate that is no better as well, as long as it is not worse by the margin, for example a cheaper one. */
    public Builder orAsGood() {
      requireBetter = false;
      return this;
    }

    /**
     * The policy.
     *
     * @throws QilinException INVALID_ARGUMENT for a value outside its range
     */
    public PromotionPolicy build() {
      return new PromotionPolicy(margin, minimumDays, minimumRows, confidence, requireBetter);
    }
  }

  /**
   * Decides, and changes nothing.
   *
   * @param production the version in production; empty if the name has none
   * @param days the figures of both, of the candidate alone if there is no production version
   * @throws QilinException INVALID_ARGUMENT if the two are one, have different names, or the days are not of just these
   */
  public PromotionDecision decide(
      ModelVersion candidate, Optional<ModelVersion> production, JudgedDays days) {
    requireFit(candidate, production, days);
    List<String> against = new ArrayList<>();
    requireLater(candidate, days, against);
    production.ifPresent(version -> requireLater(version, days, against));
    if (days.dates().size() < minimumDays) {
      against.add(days.dates().size() + " days, at least " + minimumDays + " are needed");
    }
    if (days.rows() < minimumRows) {
      against.add(days.rows() + " rows, at least " + minimumRows + " are needed");
    }
    PromotionEvidence evidence = evidence(days);
    if (days.paired()) {
      compare(evidence, against);
    } else {
      requireSkill(days.metric(), evidence, against);
    }
    List<String> findings = against.isEmpty() ? List.of(praise(days.metric(), evidence)) : against;
    int number = production.map(version -> version.id().version()).orElse(0);
    return new PromotionDecision(candidate.id(), number, against.isEmpty(), findings, evidence);
  }

  /**
   * Decides and moves the candidate: to production in place of the version that it was compared with, or to staging. The decision
   * is the reason of the move.
   *
   * @param against the version that the days judge beside the candidate; 0 if none is in production
   * @throws QilinException as {@link #decide}; DATA_NOT_FOUND if there is no such candidate; CONFLICT if another version is in
   *     production by now: judge again, with that one
   */
  public PromotionDecision apply(
      ModelRegistry registry, ModelId candidate, int against, JudgedDays days) {
    ModelVersion version = registry
        .version(candidate)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND, "the registry has no version " + candidate));
    Optional<ModelVersion> production = registry.production(candidate.name());
    int present = production.map(other -> other.id().version()).orElse(0);
    if (present != against) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the days judge " + candidate + " beside "
              + (against == 0 ? "none" : "version " + against)
              + ", in production is " + (present == 0 ? "none" : "version " + present)
              + "; judge again beside that");
    }
    PromotionDecision decision = decide(version, production, days);
    if (decision.promote()) {
      registry.promote(candidate, against, decision.toReason());
    } else {
      registry.move(candidate, ModelStage.STAGING, decision.toReason());
    }
    return decision;
  }

  private static void requireFit(
      ModelVersion candidate, Optional<ModelVersion> production, JudgedDays days) {
    if (days.paired() != production.isPresent()) {
      throw QilinException.invalid(
          production.isPresent()
              ? "the days judge the candidate alone; judge " + production.get().id()
                  + " on the same rows"
              : "the days judge a production version too, but there is none");
    }
    production.map(ModelVersion::id).ifPresent(other -> {
      if (!other.name().equals(candidate.id().name()) || other.equals(candidate.id())) {
        throw QilinException.invalid("a candidate is another version of the same name: "
            + candidate.id() + " beside " + other);
      }
    });
  }

  private static void requireLater(ModelVersion version, JudgedDays days, List<String> against) {
    Optional<TrainingWindow> window = version.draft().lineage().window();
    if (window.isEmpty()) {
      against.add("it is not known from which dates " + version.id() + " has learnt");
    } else if (!days.dates().isEmpty() && !window.get().isBefore(days.dates().get(0))) {
      against.add("judged from " + days.dates().get(0) + " on, but " + version.id()
          + " has seen prices until " + window.get().labelsUntil());
    }
  }

  private PromotionEvidence evidence(JudgedDays days) {
    DailyMetric metric = days.metric();
    MeanBand candidate = MeanBand.of(days.candidate(), confidence);
    MeanBand advantage = MeanBand.of(days.paired() ? days.advantages() : days.skill(), confidence);
    List<LocalDate> dates = days.dates();
    return new PromotionEvidence(
        metric.name(),
        dates.size(),
        days.rows(),
        dates.stream().findFirst(),
        dates.isEmpty() ? Optional.empty() : Optional.of(dates.get(dates.size() - 1)),
        candidate.mean(),
        days.paired() ? MeanBand.of(days.production(), confidence).mean() : metric.baseline(),
        advantage.mean(),
        advantage.low(),
        advantage.high(),
        days.paired() ? margin : 0,
        confidence);
  }

  private void compare(PromotionEvidence evidence, List<String> against) {
    if (!(evidence.low() > -margin)) {
      against.add("it may be worse by the margin of " + number(margin) + " or more: "
          + advantage(evidence));
    }
    if (requireBetter && !(evidence.advantage() > 0)) {
      against.add("it is not better on average: " + advantage(evidence));
    }
  }

  private static void requireSkill(
      DailyMetric metric, PromotionEvidence evidence, List<String> against) {
    if (!Double.isNaN(metric.baseline()) && !(evidence.low() > 0)) {
      against.add("it may be no better than the baseline " + number(metric.baseline()) + ": "
          + advantage(evidence));
    }
  }

  private static String praise(DailyMetric metric, PromotionEvidence evidence) {
    String dates = evidence.days() + " days from " + evidence.first().orElseThrow() + " to "
        + evidence.last().orElseThrow();
    return Double.isNaN(evidence.advantage())
        ? "the first version, " + metric.name() + " " + number(evidence.candidate()) + " on "
            + dates + ", which has no baseline"
        : advantage(evidence) + " on " + dates;
  }

  private static String advantage(PromotionEvidence evidence) {
    return evidence.metric() + " " + number(evidence.candidate()) + " beside "
        + number(evidence.production()) + ", better by "
        + NumberText.signed(evidence.advantage(), 6) + ", with " + evidence.confidence()
        + " by more than " + NumberText.signed(evidence.low(), 6);
  }

  private static String number(double value) {
    return NumberText.fixed(value, 6);
  }
}
