package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.check.QualityInput;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that load although something is wrong with them: the report names it. */
class HostileBarsTest {
  private static final Instant NOW = Instant.parse("2025-02-03T12:00:00Z");
  private static final String HEADER = "code,date,open,high,low,close,volume,amount\n";

  @TempDir
  private Path folder;

  @TestFactory
  Stream<DynamicTest> whenACorpusFileLoadsWithAnIssue_thenTheReportNamesIt() {
    Path cases = SharedFiles.corpus("csv-hostile").resolve("cases.jsonl");
    JsonMapper mapper = JsonMapper.builder().build();
    return SharedFiles.lines(cases).stream()
        .map(mapper::readTree)
        .filter(node -> node.path("expect").asString("").equals("quality-issue"))
        .map(
            node -> DynamicTest.dynamicTest(node.path("id").asString(""), () -> assertNamed(node)));
  }

  private void assertNamed(JsonNode node) throws IOException {
    QualityReport report = judge(Base64.getDecoder().decode(node.path("b64").asString("")));
    assertThat(report.findings())
        .as(node.path("why").asString(""))
        .anyMatch(finding -> finding.severity().compareTo(QualitySeverity.ERROR) >= 0
            && finding.symbol().isPresent());
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource(delimiter = '|', textBlock = """
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,0,30000,45300000.00         | price-order
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,-0.0,30000,45300000.00      | price-not-positive
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,1500.001,30000,45300000.00  | off-tick
          600519.SH,2025-01-18,1500.00,1520.00,1490.00,1510.00,30000,45300000.00   | implausible-day
          600519.SH,2999-01-01,1500.00,1520.00,1490.00,1510.00,30000,45300000.00   | implausible-day
          600519.SH,1989-12-31,1500.00,1520.00,1490.00,1510.00,30000,45300000.00   | implausible-day
          600519.SH,2025-01-01,1500.00,1520.00,1490.00,1510.00,30000,45300000.00   | implausible-day
          600519.SH,2025-01-15,1600.00,1520.00,1490.00,1510.00,30000,45300000.00   | price-order
          600519.SH,2025-01-15,1500.00,1490.00,1520.00,1510.00,30000,45300000.00   | price-order
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,-30000,45300000.00  | volume-domain
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,-45300000.00  | volume-domain
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,1.00          | average-price
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,0,45300000.00       | traded-row
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,0             | traded-row
          600519.SH,2025-01-15,1500.00,1520.00,1490.00,,30000,45300000.00          | missing-value
          600519.SH,2025-01-15,,,,,,                                               | missing-value
          """)
  void whenARowIsWrong_thenTheRuleNamesIt(String row, String rule) throws IOException {
    assertThat(rules(judge(bytes(row + "\n")))).contains(rule);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
          2025-01-16,2500.00,2600.00,2400.00,2550.00,30000,76500000.00  | ERROR
          2025-01-16,1510.00,1661.01,1500.00,1600.00,30000,46500000.00  | ERROR
          2025-01-16,1000.00,1010.00,990.00,1000.00,30000,30000000.00   | WARNING
          """)
  void whenAPriceIsBeyondTheLimit_thenTheReportSaysSo(String row, QualitySeverity severity)
      throws IOException {
    String text =
        "600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,45300000.00\n600519.SH," + row
            + "\n";
    assertThat(judge(bytes(text)).findings())
        .filteredOn(finding -> finding.rule().equals("beyond-limit"))
        .extracting(QualityFinding::severity)
        .containsExactly(severity);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,45300000.00', duplicate-row, INFO",
    "'600519.SH,2025-01-15,1500.00,1520.00,1490.00,1511.00,30000,45300000.00', duplicate-row, CRITICAL",
    "'600519.SH,2025-01-14,1500.00,1520.00,1490.00,1511.00,30000,45300000.00', decreasing-dates, INFO"
  })
  void whenRowsRepeatOrGoBack_thenTheReportSaysSo(String row, String rule, QualitySeverity atLeast)
      throws IOException {
    String text =
        "600519.SH,2025-01-15,1500.00,1520.00,1490.00,1510.00,30000,45300000.00\n" + row + "\n";
    QualityReport report = judge(bytes(text));
    assertThat(report.findings())
        .anyMatch(f -> f.rule().equals(rule) && f.severity().compareTo(atLeast) >= 0);
    if (atLeast == QualitySeverity.CRITICAL) {
      assertThat(report.bad()).containsEntry(rule, 1L);
      assertThat(report.overall()).isLessThanOrEqualTo(0.5);
    }
  }

  private static java.util.List<String> rules(QualityReport report) {
    return report.findings().stream().map(QualityFinding::rule).toList();
  }

  private static byte[] bytes(String rows) {
    return (HEADER + rows).getBytes(StandardCharsets.UTF_8);
  }

  private QualityReport judge(byte[] file) throws IOException {
    Path csv = folder.resolve("bars.csv");
    Files.write(csv, file);
    Bars bars = CsvBarReader.builder(csv).build().read(BarQuery.ALL);
    return QualityGate.builder()
        .build()
        .judge(new QualityInput(bars, Map.of(), Optional.of(AShareCalendar.load()), NOW));
  }
}
