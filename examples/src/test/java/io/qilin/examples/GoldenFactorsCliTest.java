package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.expression.Expression;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code factors} against the values that Qlib computes from the same bars; Alpha360 is compared in the core. */
class GoldenFactorsCliTest {
  @TempDir
  private Path folder;

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    // set, prefix of the input, what to compute, tolerances, expected values and which tolerance
    "cn_alpha158, cn_, alpha158, alpha158_features.tsv, cn_alpha158_f64:tol_f64 cn_alpha158_qlibf32:tol_f32",
    "cn_expressions, cn_, cn_expressions.tsv, cn_expressions.tsv, cn_expressions_f64:tol_f64",
    "edge_expressions, edge_, edge_expressions.tsv, edge_expressions.tsv, edge_expressions_f64:tol_f64",
    "us_alpha158, us_, alpha158, us_alpha158_features.tsv, us_alpha158_f64:tol_f64",
    "cn_alpha158, mini/, alpha158, mini/alpha158_features.tsv, mini/alpha158_f64:tol_f64 mini/alpha158_qlibf32:tol_f32",
  })
  void whenComputed_thenTheValuesAreThoseOfQlib(
      String set, String prefix, String what, String features, String expected, TestReporter report)
      throws IOException {
    judge("batch", set, prefix, what, features, expected, report);
  }

  /** The command's own way to the stream; that a stream has the bits of the batch on all golden bars is tested in the core. */
  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "us_alpha158, us_, alpha158, us_alpha158_features.tsv, us_alpha158_f64:tol_f64",
    "cn_alpha158, mini/, alpha158, mini/alpha158_features.tsv, mini/alpha158_f64:tol_f64 mini/alpha158_qlibf32:tol_f32",
  })
  void whenStreamed_thenTheValuesAreThoseOfQlib(
      String set, String prefix, String what, String features, String expected, TestReporter report)
      throws IOException {
    judge("stream", set, prefix, what, features, expected, report);
  }

  /**
   * What a stream computes as the batch does: no labels, no instrument that begins late, and not the count of a field that
   * the bars lack, which is 0 in a stream, where the field is known and never set, and nothing in the batch.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"cn_, cn_expressions.tsv, 140", "edge_, edge_expressions.tsv, 140"})
  void whenExpressionsAreStreamed_thenTheBytesAreThoseOfTheBatch(
      String prefix, String expressions, int atLeast) throws IOException {
    List<String> kept = lines(expressions).stream()
        .filter(line ->
            line.startsWith("id\t") || Expression.parse(line.split("\t", -1)[1]).lookAhead() == 0)
        .filter(line -> !line.contains("'E10'") && !line.contains("Count($missing2"))
        .toList();
    assertThat(kept).hasSizeGreaterThan(atLeast);
    Path file = Files.write(folder.resolve("kept.tsv"), kept);
    Path batch = folder.resolve("batch.csv");
    Path stream = folder.resolve("stream.csv");
    assertThat(factors(prefix, file.toString(), batch).code()).isZero();
    Cli run = factors(prefix, file.toString(), stream, "--driver", "stream");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(stream).hasSameBinaryContentAs(batch);
  }

  /** The store that Qlib's own dumper wrote, against what Qlib computes from it. */
  @Test
  void whenAStoreOfQlibIsRead_thenTheValuesAreThoseOfQlib(TestReporter report) throws IOException {
    Path out = folder.resolve("factors.csv");
    Cli run = Cli.run(
        "factors", "--bars", golden("qlib_bin"), "--set", "alpha158", "--out", out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    GoldenTable expected = GoldenTable.read(
        SharedFiles.golden("cn_alpha158_qlibf32.csv.gz"),
        key -> List.of("SH600519", "SZ000002", "SZ300758").contains(key.substring(11)));
    GoldenJudge judge = new GoldenJudge(
            lines("alpha158_features.tsv"),
            "tol_f32",
            lines("unstable_cells.tsv.gz"),
            "cn_alpha158")
        .compare(expected, GoldenTable.read(out, expected.rows()::containsKey));
    report.publishEntry("qlib_bin by tol_f32", judge.toString());
    assertThat(judge.failures()).as(judge.toString()).isEmpty();
    assertThat(judge.compared()).isGreaterThan(10_000);
  }

  private void judge(
      String driver,
      String set,
      String prefix,
      String what,
      String features,
      String expected,
      TestReporter report)
      throws IOException {
    Path out = folder.resolve(set.startsWith("us") ? "factors.csv.gz" : "factors.csv");
    Cli run = factors(
        prefix,
        what,
        out,
        "--driver",
        driver,
        "--calendar",
        golden(prefix + "calendar.txt"),
        "--instruments",
        golden(prefix + "instruments.txt"));
    assertThat(run.code()).as(run.err()).isZero();

    String unstable =
        prefix.equals("mini/") ? "mini/unstable_cells.tsv.gz" : "unstable_cells.tsv.gz";
    for (String pair : expected.split(" ", -1)) {
      String file = pair.substring(0, pair.indexOf(':')) + ".csv.gz";
      String tolerance = pair.substring(pair.indexOf(':') + 1);
      GoldenTable golden = GoldenTable.read(SharedFiles.golden(file));
      GoldenJudge judge = new GoldenJudge(lines(features), tolerance, lines(unstable), set)
          .compare(golden, GoldenTable.read(out, golden.rows()::containsKey));
      report.publishEntry(file + " by " + tolerance, judge.toString());
      assertThat(judge.failures()).as(judge.toString()).isEmpty();
      assertThat(judge.compared()).isPositive();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"edge_, edge_expressions.tsv", "us_, alpha158", "mini/, alpha158"})
  void whenNoCalendarIsGiven_thenTheDaysOfTheFileAreTheCalendar(String prefix, String what)
      throws IOException {
    Path with = folder.resolve("with.csv");
    Path without = folder.resolve("without.csv");
    factors(
        prefix,
        what,
        with,
        "--calendar",
        golden(prefix + "calendar.txt"),
        "--instruments",
        golden(prefix + "instruments.txt"));
    factors(prefix, what, without, "--threads", "1");
    assertThat(without).hasSameBinaryContentAs(with);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"cn_, alpha158", "edge_, edge_expressions.tsv"})
  void whenComputed_thenEachInstrumentHasOneRowForEachOfItsDays(String prefix, String what)
      throws IOException {
    Path out = folder.resolve("factors.csv");
    factors(prefix, what, out);
    List<String> calendar = lines(prefix + "calendar.txt");
    List<String> expected = new ArrayList<>();
    for (String line : new TreeSet<>(lines(prefix + "instruments.txt"))) {
      String[] cells = line.split("\t", -1);
      calendar.stream()
          .filter(day -> day.compareTo(cells[1]) >= 0 && day.compareTo(cells[2]) <= 0)
          .forEach(day -> expected.add(day + "," + cells[0]));
    }
    assertThat(GoldenTable.read(out).keys()).isEqualTo(expected);
  }

  @Test
  void whenTheBarsLackAField_thenEachMissingFieldIsNamedOnce() {
    Cli run = factors("us_", "alpha158", folder.resolve("us.csv"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains("$vwap"))).hasSize(1);
  }

  private static Cli factors(String prefix, String what, Path out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("factors", "--bars", golden(prefix + "input.csv.gz")));
    args.addAll(
        what.endsWith(".tsv")
            ? List.of("--expressions", Path.of(what).isAbsolute() ? what : golden(what))
            : List.of("--set", what));
    args.addAll(List.of("--out", out.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  private static String golden(String name) {
    return SharedFiles.golden(name).toString();
  }

  private static List<String> lines(String name) {
    return SharedFiles.lines(SharedFiles.golden(name));
  }
}
