package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.market.Field;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.testkit.Panels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QualityReportFormsTest {
  private static QualityFinding finding(QualitySeverity severity, double value) {
    return new QualityFinding(
        "price-order",
        QualityDimension.CONSISTENCY,
        severity,
        Optional.of(Panels.SYMBOL),
        Optional.of(Panels.FIRST_DAY),
        Optional.of(Field.HIGH),
        value,
        "high \"9.9\" is below low 10.2");
  }

  private static QualityReport report(double overall, QualityFinding... findings) {
    return new QualityReport(
        Fixtures.SUNDAY,
        4,
        Map.of(QualityDimension.VALIDITY, 1.0, QualityDimension.CONSISTENCY, 0.75),
        overall,
        List.of(findings),
        Map.of("price-order", 1L));
  }

  @Test
  void whenWrittenAsJson_thenItIsThisText() {
    assertThat(QualityReportJson.of(report(0.5, finding(QualitySeverity.CRITICAL, 9.9))))
        .isEqualTo(
            "{\"judgedAt\":\"2024-01-07T04:00:00Z\",\"rows\":4,\"overall\":0.5,\"alert\":true,"
                + "\"scores\":{\"consistency\":0.75,\"validity\":1.0},\"bad\":{\"price-order\":1},"
                + "\"findings\":[{\"rule\":\"price-order\",\"dimension\":\"consistency\",\"severity\":\"CRITICAL\","
                + "\"symbol\":\"600519.SH\",\"day\":\"2024-01-02\",\"field\":\"high\",\"value\":9.9,"
                + "\"message\":\"high \\\"9.9\\\" is below low 10.2\"}]}");
  }

  @Test
  void whenNumbersAreNotFinite_thenJsonStaysValid() {
    String json = QualityReportJson.pretty(
        report(Double.NaN, finding(QualitySeverity.ERROR, Double.NEGATIVE_INFINITY)));
    assertThat(json).contains("\"overall\" : null", "\"value\" : \"-inf\"");
  }

  @Test
  void whenWrittenAsText_thenScoresAndWorstFindingsAreThere() {
    String text = QualityReportText.of(
        report(0.7, finding(QualitySeverity.ERROR, 1), finding(QualitySeverity.INFO, 2)), 1);
    assertThat(text).isEqualTo("""
            quality 0.7000 (alert), 4 rows
              completeness  not applicable
              consistency   0.7500
              accuracy      not applicable
              timeliness    not applicable
              uniqueness    not applicable
              validity      1.0000
              price-order: 1
            ERROR price-order 600519.SH 2024-01-02: high "9.9" is below low 10.2
            and 1 more findings
            """);
  }

  @Test
  void whenScoredTheOldWay_thenEveryFindingTakesItsWeight() {
    QualityReport mixed = report(
        1,
        finding(QualitySeverity.INFO, 1),
        finding(QualitySeverity.WARNING, 1),
        finding(QualitySeverity.ERROR, 1),
        finding(QualitySeverity.CRITICAL, 1));
    assertThat(LegacyQualityScore.of(mixed).score()).isCloseTo(80, within(1e-9));
    assertThat(LegacyQualityScore.of(report(1)).score()).isEqualTo(100);
    assertThat(LegacyQualityScore.of(report(1)).alert()).isFalse();
    QualityFinding[] many = new QualityFinding[20];
    java.util.Arrays.fill(many, finding(QualitySeverity.CRITICAL, 1));
    assertThat(LegacyQualityScore.of(report(1, many)).score()).isZero();
    assertThat(LegacyQualityScore.of(report(1, many)).alert()).isTrue();
  }
}
