package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Five years of thirty real shares: the rule book's limits must hold every price of every day. */
class LimitUpFactsGoldenTest {
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.PRE_CLOSE);

  @Test
  void whenRealBarsAreRead_thenNoPriceIsBeyondItsLimit() {
    Panel panel = realBars();
    LimitUpFacts facts = LimitUpFacts.of(panel, listings(panel), MarketRuleBook.aShare());
    List<String> beyond = new ArrayList<>();
    int sealed = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int d = panel.firstRow(i); d < panel.endRow(i); d++) {
        LimitUpFact fact = facts.at(i, d);
        sealed += fact.sealed() ? 1 : 0;
        if (fact.beyondLimits()) {
          beyond.add(panel.symbols().get(i) + " " + panel.days().get(d) + " " + fact);
        }
      }
    }
    assertThat(beyond).isEmpty();
    assertThat(sealed).isGreaterThan(200);
  }

  @Test
  void whenAShareWasNew_thenItsFirstCloseIsFortyFourPercentAboveTheIssuePriceToTheFen() {
    Panel panel = realBars();
    LimitUpFacts facts = LimitUpFacts.of(panel, listings(panel), MarketRuleBook.aShare());
    listings(panel).forEach((symbol, timeline) -> {
      int instrument = panel.indexOf(symbol);
      int day = panel.firstRow(instrument);
      assertThat(facts.sealed(instrument, day))
          .as(symbol + " on " + panel.days().get(day))
          .isTrue();
    });
  }

  @Test
  void whenAShareWasWarned_thenFivePercentHoldsEveryPrice() {
    Panel panel = realBars();
    Symbol warned = Symbol.parse("600518.SH");
    LocalDate since = LocalDate.of(2019, 5, 21);
    LimitUpFacts facts = LimitUpFacts.of(
        panel,
        Map.of(
            warned,
            SecurityTimeline.of(
                List.of(status(warned, since, "ST康美", RiskWarning.ST, Optional.empty())))),
        MarketRuleBook.aShare());
    int instrument = panel.indexOf(warned);
    int atLimit = 0;
    for (int d = panel.indexOf(since); d < panel.endRow(instrument); d++) {
      LimitUpFact fact = facts.at(instrument, d);
      assertThat(fact.beyondLimits()).as(panel.days().get(d) + " " + fact).isFalse();
      atLimit += fact.sealed() || fact.limitDownSealed() ? 1 : 0;
    }
    assertThat(atLimit).isGreaterThan(30);
  }

  /** The shares whose first row in the data is their first day of trading. */
  private static Map<Symbol, SecurityTimeline> listings(Panel panel) {
    Map<Symbol, SecurityTimeline> out = new TreeMap<>();
    for (String name : List.of("601298.SH", "601615.SH", "002947.SZ", "300758.SZ")) {
      Symbol symbol = Symbol.parse(name);
      LocalDate listed = panel.days().get(panel.firstRow(panel.indexOf(symbol)));
      out.put(
          symbol,
          SecurityTimeline.of(
              List.of(status(symbol, listed, "N", RiskWarning.NONE, Optional.of(listed)))));
    }
    return out;
  }

  private static SecurityStatus status(
      Symbol symbol, LocalDate from, String name, RiskWarning warning, Optional<LocalDate> listed) {
    Board board = MarketRuleBook.boardOf(symbol).orElseThrow();
    return new SecurityStatus(symbol, from, board, name, warning, listed, OptionalLong.empty());
  }

  /** Raw bars: adjusted price divided by factor, to the fen. */
  private static Panel realBars() {
    List<LocalDate> days = SharedFiles.lines(SharedFiles.golden("cn_calendar.txt")).stream()
        .map(LocalDate::parse)
        .toList();
    Map<String, double[][]> columns = new TreeMap<>();
    List<String> lines = SharedFiles.lines(SharedFiles.golden("cn_input.csv.gz"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      int day = days.indexOf(LocalDate.parse(cells[0]));
      double[][] own = columns.computeIfAbsent(cells[1], code -> unknown(days.size()));
      double factor = Double.parseDouble(cells[9]);
      for (int f = 0; f < 4; f++) {
        own[f][day] = Math.rint(Double.parseDouble(cells[2 + f]) / factor * 100) / 100;
      }
      own[4][day] = Double.parseDouble(cells[6]);
      own[5][day] = cells[11].isEmpty() ? Double.NaN : Double.parseDouble(cells[11]);
    }
    Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
    columns.forEach((code, own) -> add(builder, Symbol.parse(code), own));
    return builder.build();
  }

  private static double[][] unknown(int days) {
    double[][] columns = new double[FIELDS.size()][days];
    for (double[] column : columns) {
      Arrays.fill(column, Double.NaN);
    }
    return columns;
  }

  private static void add(Panel.Builder builder, Symbol symbol, double[][] columns) {
    int first = 0;
    while (Double.isNaN(columns[3][first])) {
      first++;
    }
    for (int f = 0; f < FIELDS.size(); f++) {
      builder.column(
          symbol, FIELDS.get(f), first, Arrays.copyOfRange(columns[f], first, columns[f].length));
    }
  }
}
