package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.testkit.Panels;
import io.qilin.testkit.RecordingAlertSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityGateTest {
  private static final Symbol BAD = Symbol.parse("000001.SZ");

  /** Two shares, the first of which has high below low on each of two days. */
  private static final String TWO = """
      day        symbol    open   high   low    close  volume
      2024-01-04 600519.SH 10.00  10.20  9.90   10.10  2000
      2024-01-05 600519.SH 10.10  10.50  10.10  10.40  3000
      2024-01-04 000001.SZ 10.00  9.90   10.20  10.10  2000
      2024-01-05 000001.SZ 10.10  10.00  10.20  10.10  3000
      """;

  private static QualityCheck check(
      String rule,
      QualityDimension dimension,
      long judged,
      long bad,
      QualitySeverity severity,
      int findings) {
    List<QualityFinding> found = new ArrayList<>();
    for (int i = 0; i < findings; i++) {
      found.add(new QualityFinding(
          rule,
          dimension,
          severity,
          Optional.of(BAD),
          Optional.of(Panels.FIRST_DAY.plusDays(i)),
          Optional.empty(),
          i,
          "found " + i));
    }
    return new QualityCheck() {
      @Override
      public String rule() {
        return rule;
      }

      @Override
      public QualityDimension dimension() {
        return dimension;
      }

      @Override
      public CheckOutcome check(QualityInput input) {
        return new CheckOutcome(judged, bad, found);
      }
    };
  }

  private static QualityReport judge(QualityCheck... checks) {
    return QualityGate.builder().checks(List.of(checks)).build().judge(Fixtures.good());
  }

  @Test
  void whenAllIsWell_thenTheScoreIsOneInAllSixDimensions() {
    QualityReport report = QualityGate.builder().build().judge(Fixtures.good());
    assertThat(report.findings()).isEmpty();
    assertThat(report.overall()).isEqualTo(1.0);
    assertThat(report.scores()).containsOnlyKeys(QualityDimension.values());
    assertThat(report.alert()).isFalse();
    assertThat(report.rows()).isEqualTo(4);
    assertThat(report.judgedAt()).isEqualTo(Fixtures.SUNDAY);
  }

  @Test
  void whenSomeDimensionsDoNotApply_thenTheyAreAbsentAndTheOthersAreWeighted() {
    QualityReport report = judge(
        check("a", QualityDimension.COMPLETENESS, 10, 5, QualitySeverity.WARNING, 0),
        check("b", QualityDimension.VALIDITY, 10, 0, QualitySeverity.WARNING, 0),
        check("c", QualityDimension.ACCURACY, 0, 0, QualitySeverity.WARNING, 0));
    assertThat(report.scores())
        .containsOnly(
            Map.entry(QualityDimension.COMPLETENESS, 0.5),
            Map.entry(QualityDimension.VALIDITY, 1.0));
    assertThat(report.overall()).isCloseTo((0.25 * 0.5 + 0.10) / 0.35, within(1e-15));
    assertThat(report.bad()).containsOnly(Map.entry("a", 5L));
  }

  @Test
  void whenTwoRulesOfADimensionAreBroken_thenNeitherExcusesTheOther() {
    QualityReport report = judge(
        check("a", QualityDimension.CONSISTENCY, 10, 2, QualitySeverity.ERROR, 0),
        check("b", QualityDimension.CONSISTENCY, 10, 3, QualitySeverity.ERROR, 0),
        check("c", QualityDimension.CONSISTENCY, 8, 0, QualitySeverity.ERROR, 0));
    assertThat(report.scores().get(QualityDimension.CONSISTENCY)).isEqualTo(0.5);
  }

  @Test
  void whenSomethingIsCritical_thenTheScoreIsCapped() {
    QualityReport report =
        judge(check("a", QualityDimension.VALIDITY, 1000, 1, QualitySeverity.CRITICAL, 1));
    assertThat(report.scores().get(QualityDimension.VALIDITY)).isEqualTo(0.999);
    assertThat(report.overall()).isEqualTo(0.5);
  }

  @Test
  void whenNothingApplies_thenTheScoreIsUnknownAndAnAlertIsDue() {
    RecordingAlertSink sink = new RecordingAlertSink();
    QualityGate gate = QualityGate.builder().checks(List.of()).alertSink(sink).build();
    QualityReport report = gate.judge(Fixtures.good());
    assertThat(report.overall()).isNaN();
    assertThat(report.alert()).isTrue();
    assertThat(sink.alerts()).hasSize(1);
    assertThatThrownBy(() -> gate.apply(Fixtures.good())).hasMessageContaining("no check applies");
  }

  @Test
  void whenThereAreManyFindings_thenTheWorstAreListedAndAllAreCounted() {
    QualityReport report = QualityGate.builder()
        .checks(List.of(
            check("info", QualityDimension.VALIDITY, 9999, 0, QualitySeverity.INFO, 50),
            check("warning", QualityDimension.VALIDITY, 9999, 40, QualitySeverity.WARNING, 40),
            check("error", QualityDimension.VALIDITY, 9999, 5000, QualitySeverity.ERROR, 30)))
        .findingCap(35)
        .build()
        .judge(Fixtures.good());
    assertThat(report.findings()).hasSize(35);
    assertThat(report.findings().subList(0, 30))
        .allMatch(f -> f.severity() == QualitySeverity.ERROR);
    assertThat(report.findings().subList(30, 35))
        .allMatch(f -> f.severity() == QualitySeverity.WARNING);
    assertThat(report.bad()).containsOnly(Map.entry("error", 5000L), Map.entry("warning", 40L));
  }

  @Test
  void whenACheckThrows_thenThatIsAFindingAndTheOthersAreMade() {
    QualityCheck broken = new QualityCheck() {
      @Override
      public String rule() {
        return "broken";
      }

      @Override
      public QualityDimension dimension() {
        return QualityDimension.ACCURACY;
      }

      @Override
      public CheckOutcome check(QualityInput input) {
        throw new ArithmeticException("a\nb");
      }
    };
    QualityReport report =
        judge(broken, check("b", QualityDimension.VALIDITY, 10, 0, QualitySeverity.INFO, 0));
    assertThat(report.findings()).singleElement().satisfies(finding -> {
      assertThat(finding.rule()).isEqualTo("broken");
      assertThat(finding.severity()).isEqualTo(QualitySeverity.ERROR);
      assertThat(finding.message()).contains("ArithmeticException", "'a\\u000Ab'");
    });
    assertThat(report.scores()).containsOnlyKeys(QualityDimension.VALIDITY);
  }

  @Test
  void whenTheScoreIsLow_thenTheSinkIsToldOnce() {
    RecordingAlertSink sink = new RecordingAlertSink();
    QualityGate gate = QualityGate.builder()
        .alertSink(sink)
        .policy(QualityPolicy.CONTINUE_MARKED)
        .build();
    assertThat(gate.apply(Fixtures.good()).marked()).isFalse();
    assertThat(sink.alerts()).isEmpty();
    assertThat(gate.apply(Fixtures.but("day        symbol    open", "day        symbol    o"))
            .marked())
        .isTrue();
    assertThat(sink.alerts()).singleElement().satisfies(alert -> {
      assertThat(alert.code()).isEqualTo(ErrorCode.DATA_QUALITY);
      assertThat(alert.at()).isEqualTo(Fixtures.SUNDAY);
      assertThat(alert.message()).contains("0.5");
    });
  }

  @Test
  void whenThePolicyIsStop_thenBadDataIsRefusedWithTheWorstFindings() {
    QualityGate gate = QualityGate.builder().threshold(0.95).build();
    QilinException refused =
        catchThrowableOfType(QilinException.class, () -> gate.apply(Fixtures.raw(TWO)));
    assertThat(refused.code()).isEqualTo(ErrorCode.DATA_QUALITY);
    assertThat(refused)
        .hasMessageContainingAll("0.9", "price-order", "000001.SZ", "2024-01-04", "high 9.9");
    GateResult passed = gate.apply(Fixtures.good());
    assertThat(passed.marked()).isFalse();
    assertThat(passed.excluded()).isEmpty();
  }

  @Test
  void whenThePolicyIsExclude_thenOnlyTheBadInstrumentsAreLeftOut() {
    QualityGate gate =
        QualityGate.builder().policy(QualityPolicy.EXCLUDE_SYMBOLS).build();
    QualityInput input = Fixtures.raw(TWO);
    GateResult result = gate.apply(input);
    assertThat(result.excluded()).containsExactly(BAD);
    assertThat(result.bars().panel().symbols()).containsExactly(Panels.SYMBOL);
    assertThat(result.bars().rowsRead()).isEqualTo(2);
    assertThat(result.marked()).isFalse();
    assertThat(result.report().bad()).containsEntry("price-order", 2L);
  }

  @Test
  void whenAllInstrumentsAreBad_thenNothingIsLeftAndThatIsAnError() {
    QualityGate gate =
        QualityGate.builder().policy(QualityPolicy.EXCLUDE_SYMBOLS).build();
    assertThatThrownBy(() -> gate.apply(Fixtures.but("10.10  10.50", "10.60  10.50")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_QUALITY))
        .hasMessageContaining("nothing is left");
  }

  @Test
  void whenManyInstrumentsAreBadManyTimes_thenEachIsExcluded() {
    int count = 300;
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 30), Adjustment.RAW);
    double[] low = new double[30];
    double[] high = new double[30];
    java.util.Arrays.fill(low, 10);
    java.util.Arrays.fill(high, 9);
    for (int i = 0; i < count; i++) {
      Symbol symbol = Symbol.parse((600000 + i) + ".SH");
      for (Field field : List.of(Field.OPEN, Field.LOW, Field.CLOSE, Field.VOLUME)) {
        builder.column(symbol, field, 0, low);
      }
      builder.column(symbol, Field.HIGH, 0, i == 7 ? low : high);
    }
    GateResult result = QualityGate.builder()
        .policy(QualityPolicy.EXCLUDE_SYMBOLS)
        .checks(List.of(new PriceOrder()))
        .build()
        .apply(Fixtures.input(builder.build()));
    assertThat(result.excluded()).hasSize(count - 1);
    assertThat(result.report().findings()).hasSize(1000);
    assertThat(result.report().bad()).containsEntry("price-order", 30L * (count - 1));
  }

  @Test
  void whenABuilderIsSetWrongly_thenItIsRefused() {
    QualityCheck one = check("same", QualityDimension.VALIDITY, 1, 0, QualitySeverity.INFO, 0);
    for (QualityGate.Builder wrong : List.of(
        QualityGate.builder().threshold(Double.NaN),
        QualityGate.builder().threshold(1.5),
        QualityGate.builder().findingCap(0),
        QualityGate.builder().checks(List.of(one, one)))) {
      assertThatThrownBy(wrong::build)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }
}
