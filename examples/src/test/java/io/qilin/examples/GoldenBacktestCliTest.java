package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code backtest} on real bars: Qlib's own runs, and a run by the exact rules. */
class GoldenBacktestCliTest {
  private static final double TOLERANCE = 1e-9;

  @TempDir
  private Path folder;

  private Cli backtest(String more) {
    List<String> common = List.of(
        "backtest",
        "--bars",
        SharedFiles.golden("cn_input.csv.gz").toString(),
        "--calendar",
        SharedFiles.golden("cn_calendar.txt").toString(),
        "--signal",
        SharedFiles.golden("backtest/signal.csv.gz").toString(),
        "--out",
        folder.toString());
    List<String> args = new java.util.ArrayList<>(common);
    args.addAll(Splitter.on(' ').splitToList(more));
    return Cli.run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "A, --mode qlib --topk 8 --drop 2 --start 2016-01-04 --end 2017-12-29",
    "B, --mode qlib --topk 5 --drop 1 --hold-thresh 5 --only-tradable"
        + " --no-forbid-all-trade-at-limit --deal open --account 1e6 --start 2018-01-02"
        + " --end 2019-06-28",
    "C, --mode qlib --topk 10 --drop 3 --risk-degree 0.8 --deal vwap --account 500000"
        + " --open-cost 0.0015 --close-cost 0.0025 --lot 0 --start 2016-01-04 --end 2016-12-30",
  })
  void whenQlibsRunIsRepeated_thenEveryDayAndEveryRiskFigureAgree(String run, String options)
      throws IOException {
    assertThat(backtest(options))
        .satisfies(done -> assertThat(done.code()).as(done.err()).isZero());

    List<String> expected =
        SharedFiles.lines(SharedFiles.golden("backtest/" + run + "_report_f64.csv.gz"));
    List<String> actual = Files.readAllLines(folder.resolve("report.csv"));
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(actual.get(0)).isEqualTo(expected.get(0));
    for (int i = 1; i < expected.size(); i++) {
      List<String> want = Splitter.on(',').splitToList(expected.get(i));
      List<String> got = Splitter.on(',').splitToList(actual.get(i));
      assertThat(got.get(0)).isEqualTo(want.get(0));
      for (int c = 1; c < want.size(); c++) {
        double value = Double.parseDouble(want.get(c));
        double scale = Math.max(Math.abs(value), c == 2 || c == 9 ? 1e-3 : 0);
        assertThat(Double.parseDouble(got.get(c)))
            .as("%s of %s", expected.get(0), want.get(0))
            .isCloseTo(value, within(TOLERANCE * scale + 1e-18));
      }
    }
    figuresAgree(
        Files.readString(SharedFiles.golden("backtest/" + run + "_risk_f64.json")),
        Files.readString(folder.resolve("risk.json")));
  }

  private static void figuresAgree(String expected, String actual) {
    Pattern figure = Pattern.compile("\"(\\w+)\":\\s*(\\{|[-+.0-9eE]+)");
    Matcher want = figure.matcher(expected);
    Matcher got = figure.matcher(actual);
    int figures = 0;
    while (want.find()) {
      assertThat(got.find()).isTrue();
      assertThat(got.group(1)).isEqualTo(want.group(1));
      if (!want.group(2).equals("{")) {
        double value = Double.parseDouble(want.group(2));
        assertThat(Double.parseDouble(got.group(2)))
            .as(want.group(1))
            .isCloseTo(value, within(TOLERANCE * Math.max(1e-3, Math.abs(value))));
        figures++;
      }
    }
    assertThat(figures).isEqualTo(25);
  }

  @Test
  void whenTheRulesAreExact_thenTheBooksAreWrittenAndAddUp() throws IOException {
    Cli run = backtest("--mode exact --topk 8 --drop 2 --start 2016-01-04 --end 2017-12-29"
        + " --account 1e7 --fill neutral");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Mode: exact.", "488 days from 2016-01-04 to 2017-12-29", "implied-ex-date");
    List<String> journal = Files.readAllLines(folder.resolve("journal.csv"));
    long cash = 0;
    for (String line : journal.subList(1, journal.size())) {
      List<String> cells = Splitter.on(',').splitToList(line);
      cash += Math.round(Double.parseDouble(cells.get(5)) * 100);
    }
    List<String> days = Files.readAllLines(folder.resolve("report.csv"));
    List<String> last = Splitter.on(',').splitToList(days.get(days.size() - 1));
    assertThat(Math.round(Double.parseDouble(last.get(8)) * 100)).isEqualTo(cash);
    assertThat(Files.readAllLines(folder.resolve("blocked.csv"))).hasSizeGreaterThan(100);
  }
}
