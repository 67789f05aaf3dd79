package io.qilin.data.quality;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.Bars;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges bars before anything is computed from them, and decides what may pass.
 *
 * <p>Data is good enough if its overall score is known and not below the threshold, and nothing about it is CRITICAL.
 * When the score is unknown or below the threshold the alert sink is told.
 *
 * <pre>{@code
 * QualityGate gate = QualityGate.builder().policy(QualityPolicy.EXCLUDE_SYMBOLS).build();
 * GateResult result = gate.apply(new QualityInput(bars, securities, Optional.of(calendar), clock.instant()));
 * }</pre>
 *
 * <p>Immutable and safe to share if its checks and its sink are.
 */
public final class QualityGate {
  private static final int WORST_NAMED = 3;

  private final List<QualityCheck> checks;
  private final QualityPolicy policy;
  private final Optional<AlertSink> sink;
  private final double threshold;
  private final int cap;

  private QualityGate(Builder builder) {
    this.checks = builder.checks;
    this.policy = builder.policy;
    this.sink = builder.sink;
    this.threshold = builder.threshold;
    this.cap = builder.cap;
  }

  /** Starts with {@link StandardChecks#all()}, {@link QualityPolicy#STOP}, threshold 0.8, 1000 findings, no sink. */
  public static Builder builder() {
    return new Builder();
  }

  /** Judges the data and raises an alert if one is due. Never throws because of what the data holds. */
  public QualityReport judge(QualityInput input) {
    return judgement(input).report(cap);
  }

  /**
   * Judges the data and acts by the policy.
   *
   * @throws QilinException DATA_QUALITY if the data is not good enough and the policy is STOP, or if nothing is left
   *     after exclusion; the message names the worst findings
   */
  public GateResult apply(QualityInput input) {
    Judgement judgement = judgement(input);
    QualityReport report = judgement.report(cap);
    Bars bars = input.bars();
    boolean good = isGood(judgement);
    return switch (policy) {
      case STOP -> {
        if (!good) {
          throw refusal("the data is not good enough", report);
        }
        yield new GateResult(report, bars, new TreeSet<>(), false);
      }
      case CONTINUE_MARKED -> new GateResult(report, bars, new TreeSet<>(), !good);
      case EXCLUDE_SYMBOLS -> exclude(input, judgement, report);
    };
  }

  private GateResult exclude(QualityInput input, Judgement judgement, QualityReport report) {
    TreeSet<Symbol> bad = new TreeSet<>();
    for (QualityFinding finding : judgement.findings()) {
      if (finding.severity().compareTo(QualitySeverity.ERROR) >= 0) {
        finding.symbol().ifPresent(bad::add);
      }
    }
    Bars bars = input.bars();
    bad.retainAll(new HashSet<>(bars.panel().symbols()));
    if (bad.isEmpty()) {
      return new GateResult(report, bars, bad, !isGood(judgement));
    }
    if (bad.size() == bars.panel().symbols().size()) {
      throw refusal("all " + bad.size() + " instruments have errors, nothing is left", report);
    }
    Bars rest = without(bars, bad);
    QualityInput restInput =
        new QualityInput(rest, input.securities(), input.calendar(), input.now());
    return new GateResult(report, rest, bad, !isGood(Judgement.of(checks, restInput)));
  }

  private static Bars without(Bars bars, Set<Symbol> bad) {
    Panel panel = bars.panel().only(symbol -> !bad.contains(symbol));
    List<QualityFinding> findings = bars.findings().stream()
        .filter(f -> f.symbol().isEmpty() || !bad.contains(f.symbol().get()))
        .toList();
    long repeated = findings.stream()
        .filter(f -> f.dimension() == QualityDimension.UNIQUENESS)
        .mapToLong(ReadFindings::count)
        .sum();
    return new Bars(panel, bars.provenance(), Judgement.rows(panel) + repeated, findings);
  }

  private Judgement judgement(QualityInput input) {
    Judgement judgement = Judgement.of(checks, Objects.requireNonNull(input, "input"));
    if (!(judgement.overall() >= threshold)) {
      QualityReport report = judgement.report(WORST_NAMED);
      String message = "data of " + input.bars().provenance() + " scores " + score(report)
          + ", below " + threshold;
      sink.ifPresent(
          to -> to.alert(new Alert(input.now(), ErrorCode.DATA_QUALITY, "quality", message)));
    }
    return judgement;
  }

  private boolean isGood(Judgement judgement) {
    return judgement.overall() >= threshold && !judgement.isCritical();
  }

  private static QilinException refusal(String why, QualityReport report) {
    StringBuilder message = new StringBuilder(why).append(": overall score ").append(score(report));
    report.findings().stream()
        .limit(WORST_NAMED)
        .forEach(finding -> message.append("; ").append(QualityReportText.line(finding)));
    return new QilinException(ErrorCode.DATA_QUALITY, message.toString());
  }

  private static String score(QualityReport report) {
    return Double.isNaN(report.overall())
        ? "unknown (no check applies)"
        : String.format(Locale.ROOT, "%.3f", report.overall());
  }

  /** Sets up a {@link QualityGate}. Not thread-safe. */
  public static final class Builder {
    private List<QualityCheck> checks = StandardChecks.all();
    private QualityPolicy policy = QualityPolicy.STOP;
    private Optional<AlertSink> sink = Optional.empty();
    private double threshold = QualityReport.ALERT_BELOW;
    private int cap = 1000;

    private Builder() {}

    /** The checks to make, in order; {@link StandardChecks#all()} unless set. */
    public Builder checks(List<QualityCheck> list) {
      checks = List.copyOf(list);
      return this;
    }

    /** What to do with data that is not good enough; {@link QualityPolicy#STOP} unless set. */
    public Builder policy(QualityPolicy value) {
      policy = Objects.requireNonNull(value, "value");
      return this;
    }

    /** Who is told when the score is unknown or below the threshold; nobody unless set. */
    public Builder alertSink(AlertSink to) {
      sink = Optional.of(to);
      return this;
    }

    /** The lowest overall score that is good enough, 0 to 1; 0.8 unless set. */
    public Builder threshold(double score) {
      threshold = score;
      return this;
    }

    /** The most findings that a report lists, the worst first, at least 1; 1000 unless set. Counts are not capped. */
    public Builder findingCap(int most) {
      cap = most;
      return this;
    }

    /**
     * The gate.
     *
     * @throws QilinException INVALID_ARGUMENT if the threshold or the cap is out of range, or two checks share a rule name
     */
    public QualityGate build() {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw QilinException.invalid("the threshold of a quality gate is 0 to 1, was " + threshold);
      }
      if (cap < 1) {
        throw QilinException.invalid("a report lists at least 1 finding, was asked for " + cap);
      }
      Set<String> rules = new HashSet<>();
      for (QualityCheck check : checks) {
        if (!rules.add(check.rule())) {
          throw QilinException.invalid(
              "two checks have the rule name " + QilinException.quote(check.rule()));
        }
      }
      return new QualityGate(this);
    }
  }
}
