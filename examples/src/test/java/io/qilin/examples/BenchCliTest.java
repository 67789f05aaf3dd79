package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCliTest {
  private static JsonNode bench(String... more) {
    String[] args = new String[more.length + 5];
    System.arraycopy(new String[] {"bench", "--warmup", "1", "--runs", "3"}, 0, args, 0, 5);
    System.arraycopy(more, 0, args, 5, more.length);
    Cli run = Cli.run(args);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).hasLineCount(1).endsWith("}\n");
    return JsonMapper.builder().build().readTree(run.out());
  }

  @Test
  void whenMeasured_thenOneLineSaysWhatWhereAndHowLong() {
    JsonNode report = bench("--symbols", "64", "--days", "260");
    assertThat(report.propertyNames())
        .containsExactly(
            "set",
            "features",
            "symbols",
            "days",
            "nan",
            "threads",
            "driver",
            "warmup",
            "runs",
            "medianMs",
            "minMs",
            "p99Ms",
            "firstRunMs",
            "writeFloorMs",
            "writeFloorMinMs",
            "medianToFloor",
            "panelMs",
            "checksum",
            "cpu",
            "processors",
            "jvm");
    assertThat(report.get("set").asString()).isEqualTo("alpha158");
    assertThat(report.get("features").asInt()).isEqualTo(158);
    assertThat(report.get("driver").asString()).isEqualTo("batch");
    assertThat(report.get("runs").asInt()).isEqualTo(3);
    assertThat(report.get("checksum").propertyNames())
        .containsExactly("close", "high", "low", "open", "volume", "vwap");
    assertThat(report.get("checksum").get("close").asString()).isEqualTo("2fa5b8fcb0db4a7e");
    assertThat(report.get("jvm").asString()).contains(Runtime.version().toString());
  }

  @Test
  void whenMeasured_thenTheFiguresAreInOrder() {
    JsonNode report = bench("--symbols", "4", "--days", "70");
    double min = report.get("minMs").asDouble();
    double median = report.get("medianMs").asDouble();
    assertThat(min).isPositive().isLessThanOrEqualTo(median);
    assertThat(report.get("p99Ms").asDouble()).isGreaterThanOrEqualTo(median);
    assertThat(report.get("firstRunMs").asDouble()).isPositive();
    assertThat(report.get("panelMs").asDouble()).isPositive();
    double floor = report.get("writeFloorMs").asDouble();
    assertThat(report.get("writeFloorMinMs").asDouble()).isPositive().isLessThanOrEqualTo(floor);
    assertThat(report.get("medianToFloor").asDouble()).isEqualTo(median / floor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void whenThreadsAndGapsAreAskedFor_thenTheReportSaysSo(String threads) {
    JsonNode report = bench("--symbols", "5", "--days", "40", "--nan", "0.5", "--threads", threads);
    assertThat(report.get("threads").asString()).isEqualTo(threads);
    assertThat(report.get("nan").asDouble()).isEqualTo(0.5);
    assertThat(report.get("checksum"))
        .isNotEqualTo(bench("--symbols", "5", "--days", "40").get("checksum"));
  }

  @ParameterizedTest
  @CsvSource({"alpha360, 360", "alpha101, 101"})
  void whenAnotherSetIsNamed_thenItIsMeasured(String set, int features) {
    JsonNode report = bench("--set", set, "--symbols", "2", "--days", "65");
    assertThat(report.get("features").asInt()).isEqualTo(features);
  }

  @Test
  void whenTheDriverIsAStream_thenTheFiguresAreOfATick() {
    JsonNode report = bench("--driver", "stream", "--symbols", "7", "--days", "65");
    assertThat(report.get("driver").asString()).isEqualTo("stream");
    assertThat(report.get("runs").asInt()).isEqualTo(3);
    assertThat(report.get("medianMs").asDouble()).isPositive();
    assertThat(report.get("writeFloorMs").asDouble()).isPositive();
    assertThat(report.get("checksum"))
        .isEqualTo(bench("--symbols", "7", "--days", "65").get("checksum"));
  }

  @Test
  void whenThePanelWouldNotFit_thenItIsRefused() {
    Cli run = Cli.run("bench", "--symbols", "1000000", "--days", "1000000");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-1005 ").hasLineCount(1);
  }
}
