package io.qilin.mlops.drift;

import io.qilin.core.report.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * All signals of one check. Immutable.
 *
 * @param settings how it was made
 * @param signals in the order in which the columns were added; of a column, distribution before missing values
 */
public record DriftReport(DriftSettings settings, List<DriftSignal> signals) {
  /** Copies the signals. */
  public DriftReport {
    Objects.requireNonNull(settings, "settings");
    signals = List.copyOf(signals);
  }

  /** The signals of changes that matter. */
  public List<DriftSignal> drifted() {
    return signals.stream().filter(DriftSignal::drifted).toList();
  }

  /** How many columns of features were judged, each counted once. */
  public int featuresJudged() {
    return features(false);
  }

  /** How many columns of features drifted, each counted once. */
  public int featuresDrifted() {
    return features(true);
  }

  /** Whether the label drifted. */
  public boolean labelDrifted() {
    return signals.stream()
        .anyMatch(signal -> signal.kind() == DriftSignal.Kind.LABEL && signal.drifted());
  }

  /** The report as JSON; equal reports give equal text. */
  public String json() {
    JsonText out = new JsonText()
        .object()
        .name("falseAlarms")
        .value(settings.falseAlarms())
        .name("control")
        .value(settings.control().name().toLowerCase(Locale.ROOT))
        .name("signals")
        .array();
    for (DriftSignal signal : signals) {
      out.object()
          .name("name")
          .value(signal.name())
          .name("kind")
          .value(signal.kind().name().toLowerCase(Locale.ROOT))
          .name("state")
          .value(signal.state().name().toLowerCase(Locale.ROOT))
          .name("reference")
          .value(signal.reference())
          .name("current")
          .value(signal.current())
          .name("distance")
          .value(signal.distance())
          .name("psi")
          .value(signal.psi())
          .name("chancePsi")
          .value(signal.chancePsi())
          .name("jensenShannon")
          .value(signal.jensenShannon())
          .name("pValue")
          .value(signal.pValue())
          .name("adjusted")
          .value(signal.adjusted())
          .end();
    }
    return out.end().end().toString();
  }

  private int features(boolean drifted) {
    return (int) signals.stream()
        .filter(signal -> signal.kind() != DriftSignal.Kind.LABEL)
        .filter(signal -> drifted ? signal.drifted() : signal.state() != DriftSignal.State.TOO_FEW)
        .map(DriftSignal::name)
        .distinct()
        .count();
  }
}
