package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.drift.DriftSignal.Kind;
import io.qilin.mlops.drift.DriftSignal.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
  private static final Instant NOW = Instant.parse("2024-01-02T07:00:00Z");
  private static final RetrainingPolicy POLICY = RetrainingPolicy.DEFAULT;

  private static DriftReport report(int drifted, int features, boolean label) {
    List<DriftSignal> signals = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      signals.add(signal("f" + i, Kind.FEATURE, i < drifted));
    }
    signals.add(signal("label", Kind.LABEL, label));
    return new DriftReport(DriftSettings.DEFAULT, signals);
  }

  private static DriftSignal signal(String name, Kind kind, boolean drifted) {
    return new DriftSignal(
        name, kind, 1, 1, 0, 0, 0, 0, 1, 1, drifted ? State.DRIFTED : State.STABLE);
  }

  private static RetrainingDecision decide(DriftReport report, boolean concept) {
    return POLICY.decide(report, concept, 1_000, NOW, Optional.empty());
  }

  @Test
  void whenEnoughFeaturesDrifted_thenItTrainsAnew() {
    assertThat(decide(report(2, 20, false), false).retrain()).isTrue();
    assertThat(decide(report(1, 20, false), false).retrain()).isFalse();
    assertThat(decide(report(0, 0, false), false).retrain()).isFalse();
  }

  @Test
  void whenLabelOrConceptDrifted_thenItTrainsAnew() {
    assertThat(decide(report(0, 5, true), false).reasons()).containsExactly("the label drifted");
    assertThat(decide(report(0, 5, false), true).retrain()).isTrue();
  }

  @Test
  void whenTrainedJustNow_thenItIsHeldBack() {
    DriftReport report = report(5, 5, true);
    RetrainingDecision held =
        POLICY.decide(report, true, 10, NOW, Optional.of(NOW.minus(Duration.ofHours(23))));
    assertThat(held.retrain()).isFalse();
    assertThat(held.reasons()).hasSize(3);
    assertThat(held.holds()).hasSize(2);
    assertThat(held.json()).contains("\"retrain\": \"no\"");
    assertThat(POLICY
            .decide(report, true, 1_000, NOW, Optional.of(NOW.plusSeconds(5)))
            .retrain())
        .isFalse();
    assertThat(POLICY
            .decide(report, true, 1_000, NOW, Optional.of(NOW.minus(Duration.ofDays(1))))
            .retrain())
        .isTrue();
  }

  @Test
  void whenThePolicyIsWrong_thenItIsRefused() {
    assertThatThrownBy(() -> new RetrainingPolicy(0, 0.1, true, true, Duration.ZERO, 0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new RetrainingPolicy(1, 0.1, true, true, Duration.ofDays(-1), 0))
        .isInstanceOf(QilinException.class);
  }
}
