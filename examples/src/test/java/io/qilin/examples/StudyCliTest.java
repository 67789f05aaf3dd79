package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.data.csv.CsvBarWriter;
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCliTest {
  private static final String REVERSAL = "$close/Ref($close,5)-1";

  @TempDir
  private Path folder;

  private Path bars;

  @BeforeEach
  void writeBars() {
    bars = folder.resolve("bars.csv");
    Panel panel = Panels.random(20, 80, 4);
    CsvBarWriter.write(bars, panel);
  }

  private Cli study(String... more) {
    List<String> args = new ArrayList<>(List.of("study", "--bars", bars.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @Test
  void whenStudied_thenTheTablesStateOutcomeTrialsAndConventions() {
    Cli run = study("--factor", REVERSAL, "$volume", "--horizons", "1,5");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "2 factors, 20 instruments, 80 days",
            "Ref($close,-2)/Ref($close,-1)-1",
            "Ref($close,-6)/Ref($close,-1)-1",
            "Ref($close,-1-h)/Ref($close,-1)-1",
            "2 trials",
            "SHA-256",
            REVERSAL,
            "$volume",
            "rank IC",
            "top, buyable",
            "outside span",
            "Conventions");
    assertThat(run.err()).contains("warning: what could be bought");
  }

  @Test
  void whenAFolderIsGiven_thenJsonAndPageAreWrittenWithTheSameBytesForAnyThreads()
      throws IOException {
    Path one = folder.resolve("one");
    Path four = folder.resolve("four");
    Cli alone = study("--factor", REVERSAL, "--threads", "1", "--out", one.toString());
    Cli together = study("--factor", REVERSAL, "--threads", "4", "--out", four.toString());
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(together.code()).as(together.err()).isZero();

    for (String name : List.of("study.json", "tear-sheet.html")) {
      assertThat(four.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
    }
    assertThat(Files.readString(one.resolve("study.json")))
        .contains("\"label\": \"Ref($close,-21)/Ref($close,-1)-1\"", "\"buyableTopReturn\": ");
    assertThat(Files.readString(one.resolve("tear-sheet.html")))
        .contains("<svg", "Mean rank IC by month", "top, buyable", "Conventions")
        .doesNotContain("<script", "http://localhost");
  }

  @Test
  void whenASetIsStudied_thenEveryFactorHasARowAndMissingFieldsAreNamed() throws IOException {
    Files.writeString(bars, Files.readString(bars).replaceFirst("vwap", "other"));
    Cli run = study("--set", "alpha158", "--horizons", "1", "--groups", "2");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("warning: the bars have no field $vwap");
    assertThat(run.out()).contains("158 factors", "KMID", "VSUMD60", "158 trials");
  }

  @Test
  void whenMoreWereTried_thenTheTrialsSaySo() {
    Cli run = study("--factor", REVERSAL, "--trials", "1000");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("1,000 trials");
  }

  @Test
  void whenAFactorReadsTheFuture_thenRefusedWithThePlace() {
    Cli run = study("--factor", "Ref($close,-1)");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-2103", "'Ref($close,-1)'");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whenThereAreTooFewInstruments_thenItSaysSo() {
    Cli run = study("--factor", REVERSAL, "--groups", "50");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-2002", "too few for 50 groups");
  }

  @Test
  void whenAFactorIsGivenTwice_thenRefused() {
    Cli run = study("--factor", REVERSAL, REVERSAL);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-1001", "two factors are named");
  }

  @Test
  void whenIndustriesAreGiven_thenFieldAndFileGiveTheSameNeutralView() throws IOException {
    List<String> lines = Files.readAllLines(bars);
    List<String> wide = new ArrayList<>(List.of(lines.get(0) + ",industry"));
    Path file = folder.resolve("industries.csv");
    List<String> industries = new ArrayList<>(List.of("instrument,from,industry"));
    for (String line : lines.subList(1, lines.size())) {
      String code = line.split(",", -1)[1];
      int group = code.chars().sum() % 3;
      wide.add(line + "," + group);
      String row = code + ",2024-01-01,group " + group;
      if (!industries.contains(row)) {
        industries.add(row);
      }
    }
    Files.write(bars, wide);
    Files.write(file, industries);

    Cli byField = study("--factor", REVERSAL, "--industry-field", "industry");
    Cli byFile = study("--factor", REVERSAL, "--industry-file", file.toString());

    assertThat(byField.code()).as(byField.err()).isZero();
    assertThat(byFile.code()).as(byFile.err()).isZero();
    assertThat(byField.out()).contains("neutral t").isEqualTo(byFile.out());
    assertThat(study("--factor", REVERSAL).out()).doesNotContain("neutral t");
  }

  @Test
  void whenIndustriesCannotBeRead_thenItSaysWhere() throws IOException {
    Path file = folder.resolve("industries.csv");
    assertIndustries(file, "instrument,sector\n", "lacks the column 'industry'");
    assertIndustries(
        file, "instrument,industry\nSH600000,a\nSH600000,b\n", "row 2 below the header");
    assertIndustries(
        file, "instrument,industry,from\nSH600000,a,yesterday\n", "'yesterday' is no day");

    Cli unknown = study("--factor", REVERSAL, "--industry-field", "volum");
    assertThat(unknown.code()).isEqualTo(ExitCode.ERROR);
    assertThat(unknown.err()).contains("QILIN-2002", "did you mean $volume?");
    Cli both =
        study("--factor", REVERSAL, "--industry-field", "a", "--industry-file", file.toString());
    assertThat(both.code()).isEqualTo(ExitCode.USAGE);
  }

  private void assertIndustries(Path file, String text, String message) throws IOException {
    Files.writeString(file, text);
    Cli run = study("--factor", REVERSAL, "--industry-file", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("industries.csv", message);
  }
}
