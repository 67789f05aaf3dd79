package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityCliTest {
  private static final String HEADER = "datetime,instrument,open,high,low,close,volume\n";
  private static final String GOOD = HEADER
      + "2024-01-02,SH600519,10,10.5,9.9,10.2,1000\n"
      + "2024-01-03,SH600519,10.2,10.6,10,10.3,1200\n"
      + "2024-01-02,SZ000001,20,20.5,19.9,20.2,1000\n"
      + "2024-01-03,SZ000001,20.2,20.6,20,20.3,1200\n";
  private static final String CONFLICT = "2024-01-03,SZ000001,20.2,20.6,20,20.4,1200\n";

  @TempDir
  private Path folder;

  private Cli quality(String bars, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("bars.csv"), bars);
    List<String> args = new ArrayList<>(List.of("quality", "--bars", file.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void whenTheDataIsGood_thenExitCode0AndJsonOnTheOutput() throws IOException {
    Cli run = quality(GOOD);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("{")
        .endsWith("}\n")
        .contains("\"overall\" : 1.0")
        .doesNotContain("timeliness");
    assertThat(run.err()).contains("完整性", "overall 1.000 over 4 rows");
  }

  @Test
  void whenRowsContradictEachOther_thenStopRefusesAndMarkDoesNot() throws IOException {
    Cli stop = quality(GOOD + CONFLICT);
    assertThat(stop.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(stop.out()).contains("duplicate-row", "CRITICAL");
    assertThat(stop.err()).contains("refused by the policy");
    assertThat(quality(GOOD + CONFLICT, "--policy", "mark").code()).isZero();
  }

  @Test
  void whenInstrumentsWithErrorsAreLeftOut_thenTheRestPasses() throws IOException {
    Cli run = quality(GOOD + CONFLICT, "--policy", "exclude");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("left out: 000001.SZ");
  }

  @Test
  void whenTheMomentIsGiven_thenTimelinessIsJudged() throws IOException {
    assertThat(quality(GOOD, "--as-of", "2024-01-03").out()).contains("\"timeliness\" : 1.0");
    assertThat(quality(GOOD, "--as-of", "2024-01-05T16:00:00+08:00").out())
        .contains("\"timeliness\" : 0.2");
    assertThat(quality(GOOD, "--as-of", "yesterday").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void whenARowIsDatedInTheFuture_thenItIsNoticed() throws IOException {
    assertThat(quality(GOOD + "2999-01-03,SH600519,10,10.5,9.9,10.2,1000\n").out())
        .contains("implausible-day");
  }

  @Test
  void whenAFileIsBad_thenFileLineAndColumnAreNamed() throws IOException {
    Cli run = quality(HEADER + "2024-01-02,SH600519,10,10.5,9.9,ten,1000\n");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err())
        .startsWith("QILIN-2003 ")
        .contains("bars.csv", "2", "close", "ten")
        .hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whenRulesAreWrong_thenLineAndPlaceAreNamed() throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.txt"), "complete close\nrange open 1 x\n");
    Cli run = quality(GOOD, "--rules", rules.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("rules, line 2", "expected a number");
  }

  @Test
  void whenNothingIsJudged_thenTheTableIsNotTakenForGood() throws IOException {
    Path rules =
        Files.writeString(folder.resolve("rules.txt"), "critical unique datetime,instrument\n");
    assertThat(quality(GOOD, "--rules", rules.toString()).code()).isEqualTo(ExitCode.DONE);
    Cli empty = quality(HEADER, "--rules", rules.toString());
    assertThat(empty.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(empty.err()).contains("nothing is known of this table");
    Files.writeString(rules, "# none\n");
    assertThat(quality(GOOD, "--rules", rules.toString()).code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(quality(HEADER, "--rules", rules.toString(), "--policy", "mark").code())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void whenNoFormatReadsTheTable_thenRulesSaySo() throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.txt"), "complete close\n");
    Path table = Files.writeString(folder.resolve("bars.unknown"), GOOD);
    Cli run = Cli.run("quality", "--bars", table.toString(), "--rules", rules.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-1003", "bars.unknown");
  }

  @Test
  void whenAReportIsAskedForWithoutRules_thenUsage() throws IOException {
    assertThat(quality(GOOD, "--report", folder.toString()).code()).isEqualTo(ExitCode.USAGE);
  }
}
