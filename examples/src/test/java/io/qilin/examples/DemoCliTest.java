package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.desk.DecisionRecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCliTest {
  @TempDir
  private Path folder;

  private Cli demo(String symbols, String years, String seed, String out) {
    return Cli.run(
        "demo",
        "--symbols",
        symbols,
        "--years",
        years,
        "--seed",
        seed,
        "--out",
        folder.resolve(out).toString());
  }

  @Test
  void whenRun_thenTheWholeWayIsShown() throws IOException {
    Cli run = demo("40", "2", "7", "a");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "synthetic",
            "1. Data health",
            "2. Factors",
            "3. Recommendations",
            "4. Earlier advice",
            "rank IC");
    assertThat(run.err()).contains("report.html", "decision.json", "done in ");
    Path page = folder.resolve("a/report.html");
    assertThat(page)
        .content()
        .contains("The market is synthetic", "<svg", "Data health", "rank IC")
        .endsWith("</html>\n");
    assertThat(DecisionRecordJson.read(Files.readAllBytes(folder.resolve("a/decision.json")))
            .recommendations()
            .size())
        .isLessThanOrEqualTo(2);
  }

  @Test
  void whenRunTwice_thenTheSameBytes() {
    Cli once = demo("30", "1", "5", "once");
    Cli twice = demo("30", "1", "5", "twice");
    assertThat(twice.out()).isEqualTo(once.out());
    for (String file : new String[] {"report.html", "decision.json"}) {
      assertThat(folder.resolve("twice").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("once").resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "5, 2"})
  void whenTheMarketIsTiny_thenItStillRuns(String symbols, String years) {
    Cli run = demo(symbols, years, "1", "tiny");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "-1, 5", "300, 0", "1000000, 5", "300, 1000"})
  void whenTheSizeIsOutOfRange_thenTheRangeIsNamed(String symbols, String years) {
    Cli run = demo(symbols, years, "1", "none");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-1001 ").hasLineCount(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void whenTheFolderCannotBeMade_thenItSaysSo() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");
    Cli run = demo("5", "1", "1", "file");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-5004 ", "file");
  }
}
