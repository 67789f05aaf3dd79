package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MarketAnalystTest {
  /**
   * Six shares that grow by 0 to 5 thousandths a day from 10 yuan; highs and lows 1 % around, a
   * million yuan a day.
   */
  private static MarketSnapshot growing(int days) {
    return market(days, share -> day -> 10 * Math.pow(1 + share / 1000.0, day));
  }

  private interface Path {
    IntToDoubleFunction of(int share);
  }

  private static MarketSnapshot market(int days, Path path) {
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.RAW);
    for (int s = 0; s < 6; s++) {
      double[] close = IntStream.range(0, days).mapToDouble(path.of(s)).toArray();
      Symbol symbol = Markets.share(s);
      builder.column(symbol, Field.CLOSE, 0, close);
      builder.column(
          symbol,
          Field.HIGH,
          0,
          IntStream.range(0, days).mapToDouble(d -> close[d] * 1.01).toArray());
      builder.column(
          symbol,
          Field.LOW,
          0,
          IntStream.range(0, days).mapToDouble(d -> close[d] * 0.99).toArray());
      builder.column(
          symbol,
          Field.AMOUNT,
          0,
          IntStream.range(0, days).mapToDouble(d -> 1e6).toArray());
    }
    return Markets.snapshot(builder.build(), Map.of());
  }

  private static ScoreComponent part(Opinion opinion, String name) {
    return opinion.components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Standard {
    private final Map<Symbol, Opinion> opinions = new MarketAnalyst().analyze(growing(260));

    @Test
    void whenAShareGrowsEvenly_thenItsMeasuresAreThoseOfTheSheet() {
      double g = 1.003;
      Opinion opinion = opinions.get(Markets.share(3));
      double mean200 =
          IntStream.range(0, 200).mapToDouble(k -> Math.pow(g, -k)).average().orElseThrow();
      double mean50 =
          IntStream.range(0, 50).mapToDouble(k -> Math.pow(g, -k)).average().orElseThrow();
      assertThat(part(opinion, "trend-200d").raw()).isCloseTo(1 / mean200 - 1, within(1e-12));
      assertThat(part(opinion, "trend-50d").raw()).isCloseTo(1 / mean50 - 1, within(1e-12));
      assertThat(part(opinion, "momentum-250d").raw())
          .isCloseTo(Math.pow(g, 229) - 1, within(1e-12));
      assertThat(part(opinion, "momentum-60d").raw()).isCloseTo(Math.pow(g, 60) - 1, within(1e-12));
      assertThat(part(opinion, "volatility-20d").raw()).isCloseTo(0, within(1e-12));
      double range = IntStream.range(0, 14)
          .mapToDouble(k -> Math.pow(g, -k) * 0.02)
          .average()
          .orElseThrow();
      assertThat(part(opinion, "range-14d").raw()).isCloseTo(range, within(1e-12));
      assertThat(part(opinion, "volume-trend").raw()).isEqualTo(1);
      assertThat(part(opinion, "up-volume-20d").raw()).isEqualTo(1);
      assertThat(part(opinions.get(Markets.share(0)), "up-volume-20d").raw()).isZero();
    }

    @Test
    void whenSixSharesAreKnown_thenTheirPlacesAreMiddlesOfSixths() {
      for (int s = 0; s < 6; s++) {
        Opinion opinion = opinions.get(Markets.share(s));
        assertThat(part(opinion, "momentum-60d").normalised())
            .isCloseTo((s + 0.5) / 6, within(1e-12));
        assertThat(part(opinion, "volume-trend").normalised()).isEqualTo(0.5);
        assertThat(opinion.coverage()).isEqualTo(1);
        assertThat(opinion.warnings()).isEmpty();
      }
    }

    @Test
    void whenAShareGrowsFaster_thenItScoresHigherUnlessItSwingsMore() {
      assertThat(score(opinions, 5)).isGreaterThan(score(opinions, 1));
      assertThat(score(opinions, 1)).isGreaterThan(score(opinions, 0));
    }

    private double score(Map<Symbol, Opinion> all, int share) {
      return ((Opinion.Scored) all.get(Markets.share(share))).score();
    }

    @Test
    void whenDaysAreFew_thenTheCoverageFallsAndAtSixtyItAbstains() {
      assertThat(coverage(250)).isEqualTo(1);
      assertThat(coverage(249)).isEqualTo(0.85);
      assertThat(coverage(199)).isEqualTo(0.70);
      assertThat(coverage(61)).isEqualTo(0.70);
      assertThat(coverage(60)).isEqualTo(0.55);
      assertThat(new MarketAnalyst().analyze(growing(60)).get(Markets.share(2)))
          .isInstanceOf(Opinion.Abstained.class);
      assertThat(new MarketAnalyst().analyze(growing(199)).get(Markets.share(2)).warnings())
          .containsExactly("only 199 of 250 trading days are known");
    }

    private double coverage(int days) {
      return new MarketAnalyst().analyze(growing(days)).get(Markets.share(2)).coverage();
    }

    @Test
    void whenAShareSwingsMore_thenItsVolatilityRanksLower() {
      Map<Symbol, Opinion> swinging =
          new MarketAnalyst().analyze(market(260, s -> day -> 10 + (day % 2) * 0.1 * s));
      for (int s = 1; s < 6; s++) {
        assertThat(part(swinging.get(Markets.share(s)), "volatility-20d").normalised())
            .isLessThan(
                part(swinging.get(Markets.share(s - 1)), "volatility-20d").normalised());
      }
    }
  }

  @Nested
  class Legacy {
    private Opinion opinion(Path path) {
      return new MarketAnalyst(Preset.LEGACY).analyze(market(260, path)).get(Markets.share(2));
    }

    @Test
    void whenAShareRisesEveryDay_thenTheTrendEarnsAllAndTheRsiNothing() {
      Opinion rising = opinion(s -> day -> 10 + 0.01 * day);
      assertThat(part(rising, "trend").normalised()).isEqualTo(1);
      assertThat(part(rising, "rsi-14d").raw()).isCloseTo(100, within(1e-9));
      assertThat(part(rising, "rsi-14d").normalised()).isZero();
      assertThat(part(rising, "resistance").normalised()).isZero();
      assertThat(part(rising, "pattern").known()).isFalse();
      assertThat(rising.coverage()).isEqualTo(0.85);
    }

    @Test
    void whenTheRsiIsInABand_thenItEarnsThePointsOfTheBand() {
      // Rises of 7 and falls of 3 in turn: RSI 70; 11 and 9: RSI 55.
      assertThat(part(opinion(s -> zigzag(0.07, 0.03)), "rsi-14d").normalised()).isEqualTo(1);
      assertThat(part(opinion(s -> zigzag(0.011, 0.009)), "rsi-14d").normalised())
          .isEqualTo(0.6);
      assertThat(part(opinion(s -> zigzag(0.009, 0.011)), "rsi-14d").normalised())
          .isZero();
    }

    private static IntToDoubleFunction zigzag(double up, double down) {
      return day -> {
        int falls = day / 2;
        return 20 + (day - falls) * up - falls * down;
      };
    }

    @Test
    void whenTheHighIsFarAbove_thenThereIsRoom() {
      Opinion fallen = opinion(s -> day -> day < 240 ? 12 : 10);
      assertThat(part(fallen, "resistance").raw()).isCloseTo(12 * 1.01 / 10 - 1, within(1e-12));
      assertThat(part(fallen, "resistance").normalised()).isEqualTo(1);
    }
  }
}
