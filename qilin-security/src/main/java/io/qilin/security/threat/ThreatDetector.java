package io.qilin.security.threat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores a call by its signals: score = 1 − Π (1 − w<sub>i</sub> s<sub>i</sub>) over the signals' scores s<sub>i</sub> and
 * weights w<sub>i</sub>, so that one sure sign is enough and several weak ones add up. A signal that throws, or answers anything
 * but a number in [0, 1], refuses the call: there is no score without it. Thread-safe as far as the signals are.
 *
 * <pre>{@code
 * ThreatDetector detector = ThreatDetector.builder(ThreatBands.DEFAULT)
 *     .signal(new CredentialStuffing(100_000), 1)
 *     .signal(new ImpossibleTravel(100_000), 0.8)
 *     .build();
 * ThreatAssessment found = detector.assess(call);
 * }</pre>
 */
public final class ThreatDetector {
  private static final int MOST_REFUSED = 100_000;

  private record Weighted(ThreatSignal signal, double weight) {}

  private final ThreatBands bands;
  private final List<Weighted> signals;
  /** Subjects that were refused and have not been released. */
  private final BoundedTable<ThreatVerdict> refused = new BoundedTable<>(MOST_REFUSED);

  private ThreatDetector(ThreatBands bands, List<Weighted> signals) {
    this.bands = bands;
    this.signals = signals;
  }

  /** Starts a detector. */
  public static Builder builder(ThreatBands bands) {
    return new Builder(bands);
  }

  /** Collects signals. Not thread-safe. */
  public static final class Builder {
    private final ThreatBands bands;
    private final List<Weighted> signals = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private Builder(ThreatBands bands) {
      this.bands = Objects.requireNonNull(bands, "bands");
    }

    /**
     * Adds a signal.
     *
     * @param weight in (0, 1]: the score that the signal can reach alone
     * @throws QilinException INVALID_CONFIGURATION if the weight is out of range or the id is there already
     */
    public Builder signal(ThreatSignal signal, double weight) {
      if (!(weight > 0 && weight <= 1)) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION, "a signal's weight is in (0, 1], was " + weight);
      }
      if (!ids.add(signal.id())) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two signals have the id " + QilinException.quote(signal.id()));
      }
      signals.add(new Weighted(signal, weight));
      return this;
    }

    /**
     * The detector.
     *
     * @throws QilinException INVALID_CONFIGURATION without any signal, as such a detector would let everything pass
     */
    public ThreatDetector build() {
      if (signals.isEmpty()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "a detector needs at least one signal: without any it would let all calls pass");
      }
      return new ThreatDetector(bands, List.copyOf(signals));
    }
  }

  /**
   * Scores a call.
   *
   * @throws QilinException SECURITY_UNAVAILABLE if a signal fails or answers nonsense; the call must be refused
   */
  public ThreatAssessment assess(ThreatCall call) {
    double innocent = 1;
    Map<String, Double> contributions = new TreeMap<>();
    for (Weighted one : signals) {
      double part = one.weight() * score(one.signal(), call);
      contributions.put(one.signal().id(), part);
      innocent *= 1 - part;
    }
    double score = 1 - innocent;
    boolean before = refused.get(call.subject()) != null;
    ThreatVerdict verdict = bands.verdict(score, before);
    refused.update(call.subject(), held -> verdict == ThreatVerdict.DENY ? verdict : null);
    return new ThreatAssessment(score, ThreatSeverity.of(score), verdict, contributions);
  }

  private static double score(ThreatSignal signal, ThreatCall call) {
    double score;
    try {
      score = signal.score(call);
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the threat signal " + QilinException.quote(signal.id()) + " failed",
          e);
    }
    if (!(score >= 0 && score <= 1)) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the threat signal " + QilinException.quote(signal.id()) + " answered " + score
              + ", a score is in [0, 1]");
    }
    return score;
  }

  /**
   * Tells all signals how a call ended.
   *
   * @throws QilinException SECURITY_UNAVAILABLE if a signal fails, after all were told
   */
  public void learn(ThreatCall call, CallOutcome outcome) {
    @Nullable QilinException failure = null;
    for (Weighted one : signals) {
      try {
        one.signal().learn(call, outcome);
      } catch (RuntimeException e) {
        QilinException found = new QilinException(
            ErrorCode.SECURITY_UNAVAILABLE,
            "the threat signal " + QilinException.quote(one.signal().id()) + " could not learn",
            e);
        if (failure == null) {
          failure = found;
        } else {
          failure.addSuppressed(found);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
