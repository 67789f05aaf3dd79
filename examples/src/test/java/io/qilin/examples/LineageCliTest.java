package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LineageCliTest {
  private static final String BARS = """
      datetime,instrument,open,high,low,close,volume
      2024-01-02,SH600519,10,10.5,9.9,10.2,1000
      2024-01-03,SH600519,10.2,10.6,10,10.3,1200
      """;

  @TempDir
  private Path folder;

  private Path bars;
  private Path expressions;
  private Path log;

  @BeforeEach
  void files() throws IOException {
    bars = Files.writeString(folder.resolve("bars.csv"), BARS);
    expressions =
        Files.writeString(folder.resolve("mine.tsv"), "id\texpression\nGAP\t$close-$open\n");
    log = folder.resolve("lineage.jsonl");
  }

  private Cli lineage(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "lineage";
    args[1] = "--bars";
    args[2] = bars.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Cli.run(args);
  }

  @Test
  void whenFactorsAreTraced_thenTheTreeEndsAtTheFiles() {
    Cli run = lineage("--expressions", expressions.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("factors mine.tsv  sha256:")
        .contains("compute-factors", "dataset bars", "read-bars", "file bars.csv", "file mine.tsv");
  }

  @Test
  void whenTheSameBarsLieInAnotherFile_thenOnlyTheFileHasAnotherHash() throws IOException {
    String first = lineage().out();
    Files.writeString(bars, BARS.replace("10.5,", "10.50,").replace("1200", "1200.0"));
    String second = lineage().out();
    assertThat(line(second, "dataset bars")).isEqualTo(line(first, "dataset bars"));
    assertThat(line(second, "file bars.csv")).isNotEqualTo(line(first, "file bars.csv"));
  }

  private static String line(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  @Test
  void whenEventsAreAskedFor_thenEachLineIsOne() {
    Cli run = lineage("--expressions", expressions.toString(), "--quality", "--openlineage");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(6).allSatisfy(line -> {
      var event = JsonMapper.shared().readTree(line);
      assertThat(event.get("eventType").stringValue()).isIn("START", "COMPLETE");
      assertThat(event.at("/run/runId").stringValue()).hasSize(36);
    });
    assertThat(run.out()).contains("columnLineage", "dataQualityAssertions");
  }

  @Test
  void whenAFileChanges_thenVerifySaysWhatWasMadeOfIt() throws IOException {
    assertThat(lineage("--expressions", expressions.toString(), "--log", log.toString())
            .code())
        .isZero();
    Cli same = Cli.run("lineage", "--verify", log.toString());
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.out().lines()).hasSize(2).allMatch(line -> line.startsWith("unchanged"));
    Files.writeString(bars, BARS + "2024-01-04,SH600519,10.3,10.6,10,10.4,1300\n");
    Files.delete(expressions);
    Cli changed = Cli.run("lineage", "--verify", log.toString());
    assertThat(changed.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(changed.out())
        .contains("changed    " + bars, "missing    " + expressions, "made of it: mine.tsv");
  }

  @Test
  void whenADecisionIsGiven_thenItsInputsAreShown() {
    Path golden = SharedFiles.golden("cn_input.csv.gz");
    Path record = folder.resolve("decision.json");
    Cli recommend = Cli.run(
        "recommend",
        "--bars",
        golden.toString(),
        "--date",
        "2020-08-31",
        "--record",
        record.toString());
    assertThat(recommend.code()).as(recommend.err()).isZero();
    Cli run = Cli.run("lineage", "--bars", golden.toString(), "--record", record.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("decision decision  sha256:")
        .contains("decision-bars", "snapshot", "file cn_input.csv.gz", "decision-rules");
  }

  @Test
  void whenTheArgumentsDoNotFit_thenUsageIsShown() throws IOException {
    assertThat(Cli.run("lineage").code()).isEqualTo(ExitCode.USAGE);
    assertThat(lineage("--verify", log.toString()).code()).isEqualTo(ExitCode.USAGE);
    assertThat(lineage("--log", bars.toString()).code()).isEqualTo(ExitCode.USAGE);
    assertThat(Files.readString(bars)).isEqualTo(BARS);
    assertThat(Cli.run("lineage", "--verify", bars.toString()).code()).isEqualTo(ExitCode.ERROR);
    assertThat(Cli.run("lineage", "--help").out()).contains("Example: qilin lineage --verify");
  }
}
