package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.desk.GoldenBars;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Limit-ups on real bars, against a count that knows nothing of this library. No statuses come with
 * the bars, so both take every share for an ordinary one.
 */
class GoldenLimitUpTest {
  private static final LocalDate REFORM = LocalDate.of(2020, 8, 24);

  private static Snapshots snapshots;
  private static Map<String, TreeMap<LocalDate, FenBar>> counted;

  @BeforeAll
  static void read() {
    snapshots = Snapshots.from(GoldenBars.read(), Map.of());
    counted = count();
  }

  /** One bar in whole fen. */
  private record FenBar(
      long open, long high, long low, long close, long previous, boolean chiNext) {
    private long percent(LocalDate day) {
      return chiNext && !day.isBefore(REFORM) ? 20 : 10;
    }

    long up(LocalDate day) {
      return (previous * (100 + percent(day)) + 50) / 100;
    }

    long down(LocalDate day) {
      return (previous * (100 - percent(day)) + 50) / 100;
    }
  }

  /** The bars of the file by symbol and day, in fen. */
  private static Map<String, TreeMap<LocalDate, FenBar>> count() {
    List<String> lines = SharedFiles.lines(SharedFiles.golden("cn_input.csv.gz"));
    List<String> header = Arrays.asList(lines.get(0).split(",", -1));
    Map<String, TreeMap<LocalDate, FenBar>> bars = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      double factor = Double.parseDouble(cells[header.indexOf("factor")]);
      TreeMap<LocalDate, FenBar> own = bars.computeIfAbsent(cells[1], s -> new TreeMap<>());
      LocalDate day = LocalDate.parse(cells[0]);
      own.put(
          day,
          new FenBar(
              fen(cells[header.indexOf("open")], factor),
              fen(cells[header.indexOf("high")], factor),
              fen(cells[header.indexOf("low")], factor),
              fen(cells[header.indexOf("raw_close")], 1),
              fen(cells[header.indexOf("raw_pre_close")], 1),
              cells[1].startsWith("SZ30")));
    }
    return bars;
  }

  private static long fen(String cell, double factor) {
    return Math.round(Double.parseDouble(cell) / factor * 100);
  }

  @Test
  void whenCountedByWholeNumbers_thenEveryFactOfEveryBarIsTheSame() {
    Panel raw = snapshots.at(LocalDate.of(2020, 8, 31)).raw();
    LimitUpFacts facts = LimitUpFacts.of(raw, Map.of(), MarketRuleBook.aShare());
    int[] sums = new int[6];
    counted.forEach((code, bars) -> {
      int i = raw.indexOf(Symbol.parseAny(code));
      int streak = 0;
      for (var entry : bars.entrySet()) {
        LocalDate day = entry.getKey();
        FenBar bar = entry.getValue();
        LimitUpFact fact = facts.at(i, raw.indexOf(day));
        long up = bar.up(day);
        boolean sealed = bar.close() == up;
        streak = sealed ? streak + 1 : 0;
        boolean touched = bar.high() >= up;
        boolean oneWord = sealed && bar.open() == up && bar.low() == up;
        boolean tBoard = sealed && bar.open() == up && bar.low() < up;
        boolean down = bar.close() == bar.down(day);
        assertThat(List.of(
                fact.touched(),
                fact.sealed(),
                fact.broken(),
                fact.oneWord(),
                fact.tBoard(),
                fact.limitDownSealed()))
            .as("touched, sealed, broken, one word, T, down of %s on %s", code, day)
            .isEqualTo(List.of(touched, sealed, touched && !sealed, oneWord, tBoard, down));
        if (sealed) {
          assertThat(fact.streak()).as("streak of %s on %s", code, day).isEqualTo(streak);
        }
        sums[0] += touched ? 1 : 0;
        sums[1] += sealed ? 1 : 0;
        sums[2] += oneWord ? 1 : 0;
        sums[3] += tBoard ? 1 : 0;
        sums[4] += down ? 1 : 0;
        sums[5] = Math.max(sums[5], streak);
      }
    });
    assertThat(sums[1]).isGreaterThan(200);
    assertThat(sums[0]).isGreaterThan(sums[1]);
  }

  @Test
  void whenTheMarketIsCountedDayByDay_thenItsSumsAreThoseOfTheWholeNumbers() {
    MarketSnapshot snapshot = snapshots.at(LocalDate.of(2020, 8, 21));
    LimitUpFacts facts =
        LimitUpFacts.of(snapshot.raw(), snapshot.securities(), MarketRuleBook.aShare());
    MarketDays days = MarketDays.of(facts, snapshot.securities());
    List<LocalDate> dates = snapshot.raw().days();
    int found = 0;
    for (int d = 0; d < days.size(); d++) {
      LocalDate day = dates.get(dates.size() - days.size() + d);
      int sealed = 0;
      int broken = 0;
      int traded = 0;
      for (TreeMap<LocalDate, FenBar> own : counted.values()) {
        FenBar bar = own.get(day);
        if (bar != null) {
          traded++;
          sealed += bar.close() == bar.up(day) ? 1 : 0;
          broken += bar.high() >= bar.up(day) && bar.close() != bar.up(day) ? 1 : 0;
        }
      }
      assertThat(List.of(days.day(d).traded(), days.day(d).sealed(), days.day(d).broken()))
          .as("traded, sealed, broken on %s", day)
          .isEqualTo(List.of(traded, sealed, broken));
      found += sealed;
    }
    assertThat(found).isPositive();
  }

  @Test
  void whenAskedOnEveryDate_thenTheEcologyAnswersFromBarsAlone() {
    MarketEcologyAnalyst analyst = MarketEcologyAnalyst.builder().minShares(15).build();
    int scored = 0;
    int phases = 0;
    for (LocalDate day : snapshots.days()) {
      MarketSnapshot snapshot = snapshots.at(day);
      Map<Symbol, Opinion> opinions = analyst.analyze(snapshot);
      assertThat(opinions).isNotEmpty();
      Opinion any = opinions.values().iterator().next();
      scored += any instanceof Opinion.Scored ? 1 : 0;
      phases += any.flags().stream().anyMatch(flag -> flag.startsWith("PHASE_")) ? 1 : 0;
    }
    assertThat(scored).isGreaterThan(900);
    assertThat(phases).isGreaterThan(900);
  }
}
