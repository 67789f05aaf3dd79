package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code recommend} and {@code replay} on real bars: forward-adjusted, thirty shares, five years. */
class GoldenRecommendCliTest {
  private static final int DATES = 50;

  @TempDir
  private Path folder;

  private Path bars;
  private List<String> rows;
  private List<String> dates;

  @BeforeEach
  void unpack() throws IOException {
    rows = SharedFiles.lines(SharedFiles.golden("cn_input.csv.gz"));
    bars = Files.write(folder.resolve("bars.csv"), rows);
    List<String> calendar = SharedFiles.lines(SharedFiles.golden("cn_calendar.txt"));
    dates = new ArrayList<>();
    for (int i = 0; i < DATES; i++) {
      dates.add(calendar.get((int) ((long) i * (calendar.size() - 1) / (DATES - 1))));
    }
  }

  @Test
  void whenDecidedOnFiftyDates_thenAtMostTwoNamesAndTheSameBytesTwiceAndNoLookAhead(
      TestReporter report) throws IOException {
    int picked = 0;
    int busyDays = 0;
    for (String date : dates) {
      Cli run = recommend(bars, date, "record.json");
      assertThat(run.code()).as(date + run.err()).isZero();
      assertThat(run.out().lines().count()).isLessThanOrEqualTo(2);
      picked += (int) run.out().lines().count();
      busyDays += run.out().isEmpty() ? 0 : 1;

      Path upToDate = Files.write(
          folder.resolve("past.csv"),
          rows.stream().filter(row -> isPast(row, date)).toList());
      Cli past = recommend(upToDate, date, "past.json");
      assertThat(past.out()).as(date).isEqualTo(run.out());
      assertThat(folder.resolve("past.json"))
          .as(date)
          .hasSameBinaryContentAs(folder.resolve("record.json"));
    }
    report.publishEntry(
        "recommended", picked + " shares on " + busyDays + " of " + dates.size() + " dates");
    assertThat(busyDays).isPositive();
  }

  @Test
  void whenDecidedTwice_thenTheSameBytesAndTheReplayIsIdentical() throws IOException {
    for (String date : dates.subList(DATES - 5, DATES)) {
      Cli once = recommend(bars, date, "once.json");
      Cli twice = recommend(bars, date, "twice.json");
      assertThat(twice.out()).isEqualTo(once.out());
      assertThat(folder.resolve("twice.json")).hasSameBinaryContentAs(folder.resolve("once.json"));
      Cli replay = replay(folder.resolve("once.json"), bars);
      assertThat(replay.code()).as(replay.err()).isZero();
      assertThat(replay.out()).isEqualTo("identical\n");
    }
  }

  @Test
  void whenTheBarsWereChanged_thenTheFirstDifferenceIsNamed() throws IOException {
    String date = dates.get(DATES - 2);
    recommend(bars, date, "record.json");
    Path changed = Files.write(
        folder.resolve("changed.csv"),
        rows.stream().map(row -> tampered(row, date)).toList());
    Cli replay = replay(folder.resolve("record.json"), changed);
    assertThat(replay.code()).isEqualTo(ExitCode.FINDINGS);
    assertThat(replay.out()).startsWith("$.inputs.bars: recorded ").hasLineCount(1);
  }

  @Test
  void whenTheDateIsAHoliday_thenTheNeighboursAreNamed() {
    Cli run = Cli.run("recommend", "--bars", bars.toString(), "--date", "2019-10-01");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err())
        .startsWith("QILIN-2004 ")
        .contains("2019-09-30", "2019-10-08")
        .hasLineCount(1);
  }

  @Test
  void whenTheDateIsOutsideTheData_thenTheSpanIsNamed() {
    Cli run = Cli.run("recommend", "--bars", bars.toString(), "--date", "2015-08-31");
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).contains("QILIN-2005 ", "2015-09-01", "2020-08-31");
  }

  @Test
  void whenStatusIsRequired_thenNothingIsRecommendedFromBarsAlone() {
    Cli run = Cli.run(
        "recommend", "--bars", bars.toString(), "--date", dates.get(DATES - 1), "--require-status");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("risk-warning");
  }

  @Test
  void whenTheRecordIsDamaged_thenATypedError() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"schema\":1}\n");
    Cli run = replay(broken, bars);
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err()).startsWith("QILIN-").contains("broken.json").hasLineCount(1);
  }

  private Cli recommend(Path from, String date, String record) {
    return Cli.run(
        "recommend",
        "--bars",
        from.toString(),
        "--date",
        date,
        "--record",
        folder.resolve(record).toString());
  }

  private static Cli replay(Path record, Path from) {
    return Cli.run("replay", "--record", record.toString(), "--bars", from.toString());
  }

  private static boolean isPast(String row, String date) {
    return row.startsWith("datetime") || row.substring(0, 10).compareTo(date) <= 0;
  }

  /** On the day of the decision every opening price gets another digit. */
  private static String tampered(String row, String date) {
    return row.startsWith(date) ? row.replaceFirst(",([0-9])", ",1$1") : row;
  }
}
