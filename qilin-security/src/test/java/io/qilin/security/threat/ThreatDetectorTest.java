package io.qilin.security.threat;

import static io.qilin.security.threat.ThreatCalls.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreatDetectorTest {
  private static ThreatSignal signal(String id, ToDoubleFunction<ThreatCall> score) {
    return new ThreatSignal() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public double score(ThreatCall call) {
        return score.applyAsDouble(call);
      }
    };
  }

  private static ThreatDetector constant(double score) {
    return ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(signal("s", c -> score), 1)
        .build();
  }

  @Test
  void whenSignalsAgree_thenTheScoreIsOneLessTheProductOfInnocence() {
    ThreatDetector detector = ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(signal("a", c -> 0.5), 0.8)
        .signal(signal("b", c -> 0.25), 1)
        .build();

    ThreatAssessment found = detector.assess(ThreatCalls.at(NOON));

    assertThat(found.score()).isCloseTo(1 - 0.6 * 0.75, within(1e-12));
    assertThat(found.contributions()).containsOnlyKeys("a", "b").containsEntry("b", 0.25);
    assertThat(found.severity()).isEqualTo(ThreatSeverity.HIGH);
    assertThat(found.verdict()).isEqualTo(ThreatVerdict.STEP_UP);
  }

  @ParameterizedTest
  @CsvSource({"0.399, ALLOW", "0.4, STEP_UP", "0.7, STEP_UP", "0.7001, DENY", "1, DENY"})
  void whenAScoreIsAtABound_thenTheBandIsExact(double score, ThreatVerdict verdict) {
    assertThat(constant(score).assess(ThreatCalls.at(NOON)).verdict()).isEqualTo(verdict);
  }

  @Test
  void whenASubjectWasRefused_thenOnlyAScoreBelowTheReleaseLetsItIn() {
    double[] score = {0.8};
    ThreatDetector detector = ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(signal("s", c -> score[0]), 1)
        .build();
    List<ThreatVerdict> seen = new ArrayList<>();
    for (double next : new double[] {0.8, 0.6, 0.5, 0.49, 0.6, 0.8, 0.1, 0.5}) {
      score[0] = next;
      seen.add(detector.assess(ThreatCalls.at(NOON)).verdict());
    }
    assertThat(seen)
        .containsExactly(
            ThreatVerdict.DENY,
            ThreatVerdict.DENY,
            ThreatVerdict.DENY,
            ThreatVerdict.STEP_UP,
            ThreatVerdict.STEP_UP,
            ThreatVerdict.DENY,
            ThreatVerdict.ALLOW,
            ThreatVerdict.STEP_UP);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, -0.01, 1.01, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whenASignalAnswersNonsense_thenThereIsNoScore(double score) {
    assertThatThrownBy(() -> constant(score).assess(ThreatCalls.at(NOON)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("QILIN-6013");
  }

  @Test
  void whenASignalThrows_thenThereIsNoScoreAndAllOthersStillLearn() {
    List<CallOutcome> learned = new ArrayList<>();
    ThreatSignal broken = new ThreatSignal() {
      @Override
      public String id() {
        return "broken";
      }

      @Override
      public double score(ThreatCall call) {
        throw new IllegalStateException("out of order");
      }

      @Override
      public void learn(ThreatCall call, CallOutcome outcome) {
        throw new IllegalStateException("out of order");
      }
    };
    ThreatSignal after = new ThreatSignal() {
      @Override
      public String id() {
        return "after";
      }

      @Override
      public double score(ThreatCall call) {
        return 0;
      }

      @Override
      public void learn(ThreatCall call, CallOutcome outcome) {
        learned.add(outcome);
      }
    };
    ThreatDetector detector = ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(broken, 1)
        .signal(after, 1)
        .build();

    assertThatThrownBy(() -> detector.assess(ThreatCalls.at(NOON)))
        .hasMessageContaining("QILIN-6013")
        .hasMessageContaining("broken");
    assertThatThrownBy(() -> detector.learn(ThreatCalls.at(NOON), CallOutcome.REFUSED))
        .hasMessageContaining("QILIN-6013")
        .hasRootCauseMessage("out of order");
    assertThat(learned).containsExactly(CallOutcome.REFUSED);
  }

  @Test
  void whenADetectorIsBuiltWrong_thenItSaysWhy() {
    ThreatDetector.Builder builder = ThreatDetector.builder(ThreatBands.DEFAULT);
    assertThatThrownBy(builder::build).hasMessageContaining("at least one signal");
    assertThatThrownBy(() -> builder.signal(signal("a", c -> 0), 0)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> builder.signal(signal("a", c -> 0), Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> builder.signal(signal("a", c -> 0), 1.5)).hasMessageContaining("1.5");
    builder.signal(signal("a", c -> 0), 1);
    assertThatThrownBy(() -> builder.signal(signal("a", c -> 0), 1)).hasMessageContaining("'a'");
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.4, 0.3",
    "0.4, 1, 0.5",
    "-0.1, 0.7, 0.5",
    "0.4, 0.7, 0.8",
    "0.4, 0.7, 0",
    "NaN, 0.7, 0.5"
  })
  void whenBandsAreOutOfOrder_thenTheyAreRefused(double stepUp, double deny, double release) {
    assertThatThrownBy(() -> new ThreatBands(stepUp, deny, release))
        .hasMessageContaining("QILIN-1");
  }

  @Test
  void whenSeveritiesAreCompared_thenTheirNumbersDecide() {
    assertThat(ThreatSeverity.CRITICAL.atLeast(ThreatSeverity.HIGH)).isTrue();
    assertThat(ThreatSeverity.LOW.atLeast(ThreatSeverity.HIGH)).isFalse();
    assertThat(ThreatSeverity.HIGH.atLeast(ThreatSeverity.HIGH)).isTrue();
    assertThat(ThreatSeverity.of(0.2499)).isEqualTo(ThreatSeverity.LOW);
    assertThat(ThreatSeverity.of(0.25)).isEqualTo(ThreatSeverity.MEDIUM);
    assertThat(ThreatSeverity.of(0.5)).isEqualTo(ThreatSeverity.HIGH);
    assertThat(ThreatSeverity.of(0.75)).isEqualTo(ThreatSeverity.CRITICAL);
    assertThat(ThreatSeverity.of(Double.NaN)).isEqualTo(ThreatSeverity.CRITICAL);
    assertThat(ThreatSeverity.CRITICAL.level()).isEqualTo(3);
  }

  @Test
  void whenAnAssessmentIsNotANumber_thenItCannotExist() {
    assertThatThrownBy(() -> new ThreatAssessment(
            Double.NaN, ThreatSeverity.LOW, ThreatVerdict.ALLOW, java.util.Map.of()))
        .hasMessageContaining("NaN");
  }
}
