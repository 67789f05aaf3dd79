package io.qilin.api.quality;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {
  private static final Symbol SYMBOL = Symbol.parse("600519.SH");
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  private static final QualityFinding FINDING = new QualityFinding(
      "high-below-low",
      QualityDimension.CONSISTENCY,
      QualitySeverity.ERROR,
      Optional.of(SYMBOL),
      Optional.of(DAY),
      Optional.of(Field.HIGH),
      Double.NaN,
      "high 9 is below low 10");

  private static QualityReport report(double overall) {
    return new QualityReport(
        Instant.EPOCH, 1, Map.of(QualityDimension.VALIDITY, 1.0), overall, List.of(), Map.of());
  }

  @Test
  void whenAllDimensionsApply_thenTheirWeightsAddUpToOne() {
    double sum = Arrays.stream(QualityDimension.values())
        .mapToDouble(QualityDimension::weight)
        .sum();
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(QualityDimension.values()).hasSize(6);
  }

  @Test
  void whenNothingIsJudged_thenThatIsNotPerfect() {
    assertThat(CheckOutcome.NOT_APPLICABLE.judged()).isZero();
    assertThat(CheckOutcome.NOT_APPLICABLE.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1,2", "0,1", "5,-1", "-1,-1", "-1,0"})
  void whenMoreIsBadThanJudged_thenTheOutcomeIsRefused(long judged, long bad) {
    assertInvalid(() -> new CheckOutcome(judged, bad, List.of()))
        .hasMessageContaining("was " + bad + " of " + judged);
  }

  @Test
  void whenFindingsAreEqual_thenNaNCountsAsEqual() {
    assertThat(FINDING)
        .isEqualTo(new QualityFinding(
            FINDING.rule(),
            FINDING.dimension(),
            FINDING.severity(),
            FINDING.symbol(),
            FINDING.day(),
            FINDING.field(),
            Double.NaN,
            FINDING.message()));
    assertThat(new CheckOutcome(3, 1, List.of(FINDING)).findings()).isUnmodifiable();
    assertThatNullPointerException()
        .isThrownBy(() -> new QualityFinding(
            null,
            QualityDimension.ACCURACY,
            QualitySeverity.INFO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            ""));
  }

  @ParameterizedTest
  @CsvSource({"1,false", "0.8,false", "0.7999999,true", "0,true", "NaN,true"})
  void whenTheScoreIsLowOrUnknown_thenAnAlertIsDue(double overall, boolean alert) {
    assertThat(report(overall).alert()).isEqualTo(alert);
  }

  @ParameterizedTest
  @CsvSource({"-0.01", "1.01", "Infinity", "-Infinity"})
  void whenAScoreIsOutOfRange_thenTheReportIsRefused(double score) {
    assertInvalid(() -> report(score));
    assertInvalid(() -> new QualityReport(
        Instant.EPOCH, 1, Map.of(QualityDimension.VALIDITY, score), 1, List.of(), Map.of()));
  }

  @Test
  void whenACountIsNegative_thenTheReportIsRefused() {
    assertInvalid(
        () -> new QualityReport(Instant.EPOCH, -1, Map.of(), Double.NaN, List.of(), Map.of()));
    assertInvalid(
        () -> new QualityReport(Instant.EPOCH, 1, Map.of(), 1, List.of(), Map.of("rule", -1L)));
    assertInvalid(() -> new QualityReport(
        Instant.EPOCH, 1, Map.of(QualityDimension.VALIDITY, Double.NaN), 1, List.of(), Map.of()));
  }

  @Test
  void whenAReportIsMade_thenItsMapsAreSortedCopies() {
    Map<String, Long> bad = new HashMap<>(Map.of("b", 2L, "a", 1L));
    Map<QualityDimension, Double> scores =
        new HashMap<>(Map.of(QualityDimension.VALIDITY, 0.5, QualityDimension.COMPLETENESS, 1.0));
    QualityReport report = new QualityReport(Instant.EPOCH, 9, scores, 0.9, List.of(FINDING), bad);
    bad.clear();
    scores.clear();
    assertThat(report.bad().keySet()).containsExactly("a", "b");
    assertThat(report.scores().keySet())
        .containsExactly(QualityDimension.COMPLETENESS, QualityDimension.VALIDITY);
    assertThat(report.bad()).isUnmodifiable();
    assertThat(report.scores()).isUnmodifiable();
  }

  @Test
  void whenAnInputIsMade_thenSecuritiesAreInTheOrderOfTheirSymbols() {
    Panel panel = Panel.builder(List.of(DAY), Adjustment.RAW)
        .column(SYMBOL, Field.CLOSE, 0, new double[1])
        .build();
    Map<Symbol, SecurityTimeline> securities = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      Symbol symbol = Symbol.parse(Integer.toString(600_000 + 37 * i % 50) + ".SH");
      securities.put(
          symbol,
          SecurityTimeline.of(List.of(new SecurityStatus(
              symbol,
              DAY,
              Board.SSE_MAIN,
              "x",
              RiskWarning.NONE,
              Optional.empty(),
              OptionalLong.empty()))));
    }
    Bars bars = new Bars(panel, new Provenance("a", "b", true), 1, List.of());
    QualityInput input = new QualityInput(bars, securities, Optional.empty(), Instant.EPOCH);
    assertThat(List.copyOf(input.securities().keySet())).isSorted().hasSize(50);
    assertThat(input.securities()).isUnmodifiable();
  }
}
