package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.Cancellation;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StudyCollectorTest {
  private static final int DAYS = 4;

  private static List<Symbol> symbols(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Symbol(Integer.toString(600_000 + i), Exchange.SSE))
        .toList();
  }

  private static int place(Symbol symbol) {
    return Integer.parseInt(symbol.code()) - 600_000;
  }

  private static int group(int instrument) {
    return instrument % 5 == 4 ? -1 : instrument % 3;
  }

  private static boolean buyable(int instrument, LocalDate day) {
    return (instrument + day.getDayOfMonth()) % 4 != 0;
  }

  private static StudySettings.Builder settings(int groups) {
    return StudySettings.builder()
        .horizons(1, 5)
        .groups(groups)
        .grouping((symbol, day) ->
            Optional.of(group(place(symbol))).filter(group -> group >= 0).map(group -> "g" + group))
        .tradability((symbol, day) -> buyable(place(symbol), day));
  }

  private static double[][][] values(int rows, int instruments, Random random) {
    double[][][] values = new double[DAYS][rows][instruments];
    for (double[][] day : values) {
      for (double[] row : day) {
        int kind = random.nextInt(4);
        for (int i = 0; i < instruments; i++) {
          row[i] = switch (random.nextInt(12)) {
            case 0 -> Double.NaN;
            case 1 -> kind == 0 ? Double.POSITIVE_INFINITY : random.nextGaussian();
            default -> kind == 1 ? random.nextInt(3) : kind == 2 ? 0.1 : random.nextGaussian();
          };
        }
      }
    }
    return values;
  }

  private static StudyResult study(
      double[][][] scores, double[][][] labels, int instruments, StudySettings settings) {
    List<String> names =
        IntStream.range(0, scores[0].length).mapToObj(f -> "f" + f).toList();
    StudyCollector collector = StudyCollector.of(names, symbols(instruments), settings);
    List<LocalDate> days = Panels.weekdays(Panels.FIRST_DAY, DAYS);
    for (int day = 0; day < DAYS; day++) {
      collector.accept(days.get(day), scores[day], labels[day]);
    }
    return collector.finish();
  }

  @Property(tries = 150)
  void whenStudied_thenEveryFigureIsThatOfItsDefinition(
      @ForAll @IntRange(min = 1, max = 40) int instruments,
      @ForAll @IntRange(min = 2, max = 5) int groups,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[][][] scores = values(1, instruments, random);
    double[][][] labels = values(2, instruments, random);

    FactorStudy study =
        study(scores, labels, instruments, settings(groups).build()).factors().get(0);

    int[] own = IntStream.range(0, instruments).map(StudyCollectorTest::group).toArray();
    for (int day = 0; day < DAYS; day++) {
      double[] x = scores[day][0];
      for (int h = 0; h < 2; h++) {
        double[] y = labels[day][h];
        List<List<Integer>> cut = NaiveStudy.groups(x, groups);
        double top = NaiveStudy.mean(y, cut.get(groups - 1));
        same(study.dailyIc(h)[day], NaiveStudy.correlation(x, y, NaiveStudy.both(x, y)));
        same(study.dailyRankIc(h)[day], NaiveStudy.rankCorrelation(x, y));
        same(study.dailyNeutralRankIc(h)[day], NaiveStudy.neutral(x, y, own));
        same(study.dailySpread(h)[day], top - NaiveStudy.mean(y, cut.get(0)));
      }
      checkGroups(study, scores, labels[day][0], day);
      if (day > 0) {
        double[] before = scores[day - 1][0];
        same(study.dailyRankAutocorrelation()[day], NaiveStudy.rankCorrelation(before, x));
        same(
            study.days().get(day).autocorrelation(),
            NaiveStudy.correlation(before, x, NaiveStudy.both(before, x)));
      }
    }
    assertThat(study.dailyRankAutocorrelation()[0]).isNaN();
    checkDrops(study, scores, labels, instruments);
  }

  private static void checkGroups(FactorStudy study, double[][][] scores, double[] y, int day) {
    int groups = study.groups();
    List<List<Integer>> cut = NaiveStudy.groups(scores[day][0], groups);
    for (int g = 0; g < groups; g++) {
      same(study.dailyGroup(g)[day], NaiveStudy.mean(y, cut.get(g)));
    }
    List<Integer> top = cut.get(groups - 1);
    LocalDate date = study.dates().get(day);
    List<Integer> could = top.stream().filter(i -> buyable(i, date)).toList();
    same(study.dailyBuyableTop()[day], NaiveStudy.mean(y, could));
    if (day > 0) {
      List<Integer> before = NaiveStudy.groups(scores[day - 1][0], groups).get(groups - 1);
      double fresh = top.stream().filter(i -> !before.contains(i)).count();
      double expected = before.isEmpty() || top.isEmpty() ? Double.NaN : fresh / top.size();
      same(study.dailyTurnover()[day], expected);
    }
  }

  private static void checkDrops(
      FactorStudy study, double[][][] scores, double[][][] labels, int instruments) {
    for (DropReason reason : DropReason.values()) {
      long total = 0;
      for (int day = 0; day < DAYS; day++) {
        LocalDate date = study.dates().get(day);
        int dropped = 0;
        for (int i = 0; i < instruments; i++) {
          double x = scores[day][0][i];
          double y = labels[day][0][i];
          dropped += reason == reason(x, y, buyable(i, date)) ? 1 : 0;
        }
        assertThat(study.drops().onDay(reason, day)).isEqualTo(dropped);
        total += dropped;
      }
      assertThat(study.drops().count(reason)).isEqualTo(total);
      assertThat(study.drops().bySymbol(reason).stream()
              .mapToLong(Drops.Count::count)
              .sum())
          .isEqualTo(total);
      assertThat(
              study.drops().byDay(reason).stream().mapToLong(Drops.Count::count).sum())
          .isEqualTo(total);
    }
    assertThat(study.drops().cells()).isEqualTo((long) DAYS * instruments);
  }

  private static Object reason(double x, double y, boolean buyable) {
    return Double.isNaN(x)
        ? DropReason.FACTOR_MISSING
        : Double.isInfinite(x)
            ? DropReason.INFINITE
            : Double.isNaN(y)
                ? DropReason.LABEL_MISSING
                : Double.isInfinite(y)
                    ? DropReason.INFINITE
                    : buyable ? "kept" : DropReason.NOT_BUYABLE;
  }

  private static void same(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-9));
    }
  }

  @Property(tries = 5)
  void whenThreadsDiffer_thenTheBitsDoNot(@ForAll long seed) {
    Random random = new Random(seed);
    double[][][] scores = values(40, 600, random);
    double[][][] labels = values(2, 600, random);
    StudyResult alone = study(scores, labels, 600, settings(5).build());
    for (int threads : new int[] {1, 3}) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        StudyResult helped =
            study(scores, labels, 600, settings(5).executor(pool).build());
        for (int f = 0; f < 40; f++) {
          FactorStudy a = alone.factors().get(f);
          FactorStudy b = helped.factors().get(f);
          assertThat(b.days()).isEqualTo(a.days());
          assertThat(b.horizons()).isEqualTo(a.horizons());
          assertThat(b.dailyTurnover()).isEqualTo(a.dailyTurnover());
          assertThat(b.dailyBuyableTop()).isEqualTo(a.dailyBuyableTop());
        }
      } finally {
        pool.shutdown();
      }
    }
  }

  @Test
  void whenMoreDaysFollow_thenAnEarlierResultStays() {
    List<LocalDate> days = Panels.weekdays(Panels.FIRST_DAY, 2);
    StudyCollector collector = StudyCollector.of(List.of("f"), symbols(3), StudySettings.DEFAULT);
    collector.accept(days.get(0), new double[][] {{1, 2, 3}}, new double[][] {{1, 2, 3}});
    FactorStudy first = collector.finish().factors().get(0);
    collector.accept(days.get(1), new double[][] {{1, 2, 3}}, new double[][] {{3, 2, 1}});

    assertThat(first.ic()).isEqualTo(1);
    assertThat(first.days()).hasSize(1);
    assertThat(collector.finish().factors().get(0).ic()).isZero();
  }

  @Test
  void whenADayIsOfTheWrongShape_thenRefusedAndTheOthersStand() {
    StudyCollector collector = StudyCollector.of(List.of("f"), symbols(2), StudySettings.DEFAULT);
    LocalDate day = Panels.FIRST_DAY;
    double[][] row = {{1, 2}};
    assertThatThrownBy(collector::finish).isInstanceOf(QilinException.class);
    collector.accept(day, row, row);

    assertRefused("2 rows", () -> collector.accept(day.plusDays(1), new double[2][2], row));
    assertRefused("2 rows", () -> collector.accept(day.plusDays(1), row, new double[2][2]));
    assertRefused("3 values", () -> collector.accept(day.plusDays(1), row, new double[1][3]));
    assertRefused("3 values", () -> collector.accept(day.plusDays(1), new double[1][3], row));
    assertRefused("must ascend", () -> collector.accept(day, row, row));
    assertThat(collector.finish().days()).containsExactly(day);
  }

  @Test
  void whenADayFailsHalfway_thenTheCollectorIsSpent() {
    Cancellation stop = new Cancellation();
    StudyCollector collector = StudyCollector.of(
        List.of("f"), symbols(2), StudySettings.builder().cancellation(stop).build());
    double[][] row = {{1, 2}};
    collector.accept(Panels.FIRST_DAY, row, row);
    stop.cancel();

    assertThatThrownBy(() -> collector.accept(Panels.FIRST_DAY.plusDays(1), row, row))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertRefused(
        "another collector", () -> collector.accept(Panels.FIRST_DAY.plusDays(2), row, row));
  }

  @Test
  void whenNamesOrSettingsAreWrong_thenRefused() {
    assertRefused(
        "none twice",
        () -> StudyCollector.of(List.of("f", "f"), symbols(2), StudySettings.DEFAULT));
    assertRefused(
        "none twice", () -> StudyCollector.of(List.of(), symbols(2), StudySettings.DEFAULT));
    assertRefused("groups", () -> StudySettings.builder().groups(1));
    assertRefused("horizon", () -> StudySettings.builder().horizons(0));
    assertRefused("different names", () -> StudySettings.builder().horizons(5, 5));
    assertRefused("lag", () -> StudySettings.builder().lag(-1));
    assertRefused("trials", () -> StudySettings.builder().trials(0));
    assertRefused("memory", () -> StudySettings.builder().memory(0));
  }

  private static void assertRefused(String what, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(what);
  }
}
