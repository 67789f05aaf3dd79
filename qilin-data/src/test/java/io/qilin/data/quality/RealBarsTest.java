package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real bars are mostly right, and the report must not say otherwise. */
class RealBarsTest {
  /** After the session of the last bar. */
  private static final Instant EVENING = Instant.parse("2020-08-31T12:00:00Z");

  @Test
  void whenRealAShareBarsAreJudged_thenThereIsNoFalseAlarm() {
    Path file = SharedFiles.golden("cn_input.csv.gz");
    Bars bars = CsvBarReader.builder(file)
        .column("raw_pre_close", Field.PRE_CLOSE)
        .build()
        .read(BarQuery.ALL);
    QualityReport report = QualityGate.builder()
        .build()
        .judge(new QualityInput(bars, Map.of(), Optional.of(AShareCalendar.load()), EVENING));
    assertThat(report.overall()).isGreaterThan(0.99);
    assertThat(report.scores()).containsOnlyKeys(QualityDimension.values());
    assertThat(report.findings())
        .noneMatch(f -> f.severity().compareTo(QualitySeverity.ERROR) >= 0);
  }
}
