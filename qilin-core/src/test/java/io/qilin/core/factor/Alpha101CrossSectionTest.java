package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Formulas that compare instruments, written down once more over whole grids as the paper has them. */
class Alpha101CrossSectionTest {
  private static final int DAYS = 110;
  private static final int WARM = 60;
  private static final int INSTRUMENTS = 11;

  private final SplittableRandom random = new SplittableRandom(20);
  private final NaiveGrid close = walk();
  private final NaiveGrid open = near(close);
  private final NaiveGrid high = close.with(open, Math::max).each(x -> x + random.nextDouble());
  private final NaiveGrid low = close.with(open, Math::min).each(x -> x - random.nextDouble());
  private final NaiveGrid vwap =
      high.plus(low).times(0.5).plus(near(close).minus(close).times(0.1));
  private final NaiveGrid volume = noise(1e6, 9e6);
  private final NaiveGrid amount = volume.times(vwap);
  private final NaiveGrid sector = groups(2);
  private final NaiveGrid industry = groups(3);
  private final NaiveGrid subindustry = groups(4);
  private final NaiveGrid returns = close.over(close.delay(1)).each(x -> x - 1);
  private final NaiveGrid adv20 = amount.mean(20);
  private final Panel panel = panel();

  @Test
  void whenRanksOfTheDay_thenEqualsTheFormula() {
    check(5, open.minus(vwap.mean(10)).rank().times(close.minus(vwap).rank()).times(-1));
    NaiveGrid product = open.sum(5).times(returns.sum(5));
    check(8, product.minus(product.delay(10)).rank().times(-1));
    NaiveGrid gap = vwap.minus(close);
    check(11, gap.max(3).rank().plus(gap.min(3).rank()).times(volume.delta(3).rank()));
    check(
        20,
        open.minus(high.delay(1))
            .rank()
            .times(open.minus(close.delay(1)).rank())
            .times(open.minus(low.delay(1)).rank())
            .times(-1));
    check(
        25, returns.times(-1).times(adv20).times(vwap).times(high.minus(close)).rank());
    check(33, open.over(close).each(x -> x - 1).rank());
    check(42, vwap.minus(close).rank().over(vwap.plus(close).rank()));
    NaiveGrid range = high.minus(low).over(close.mean(5));
    check(83, range.delay(2).rank().times(volume.rank().rank()).over(range.over(gap)));
  }

  @Test
  void whenRanksWithTies_thenEqualsTheFormula() {
    NaiveGrid signs = close
        .delta(1)
        .each(Math::signum)
        .plus(close.delta(1).delay(1).each(Math::signum))
        .plus(close.delta(1).delay(2).each(Math::signum));
    check(30, signs.rank().each(x -> 1 - x).times(volume.sum(5)).over(volume.sum(20)));
    check(38, close.tsRank(10).rank().times(close.over(open).rank()).times(-1));
    check(4, low.rank().tsRank(9).times(-1));
  }

  @Test
  void whenCorrelationsOfRanks_thenEqualsTheFormula() {
    NaiveGrid change = volume.each(Math::log).delta(2).rank();
    check(2, change.corr(close.minus(open).over(open).rank(), 6).times(-1));
    check(3, open.rank().corr(volume.rank(), 10).times(-1));
    check(44, high.corr(volume.rank(), 5).times(-1));
    NaiveGrid place = close.minus(low.min(12)).over(high.max(12).minus(low.min(12)));
    check(55, place.rank().corr(volume.rank(), 6).times(-1));
  }

  @Test
  void whenRanksOfStatistics_thenEqualsTheFormula() {
    check(14, returns.delta(3).rank().times(open.corr(volume, 10)).times(-1));
    NaiveGrid body = close.minus(open);
    check(
        18,
        body.each(Math::abs).std(5).plus(body).plus(close.corr(open, 10)).rank().times(-1));
    check(22, high.corr(volume, 5).delta(5).times(close.std(20).rank()).times(-1));
    check(40, high.std(10).rank().times(high.corr(volume, 10)).times(-1));
  }

  @Test
  void whenScaled_thenEqualsTheFormula() {
    check(28, adv20.corr(low, 5).plus(high.plus(low).times(0.5)).minus(close).scale());
    check(
        60,
        flow()
            .rank()
            .scale()
            .times(2)
            .minus(close.placeOfMax(10).rank().scale())
            .times(-1));
  }

  @Test
  void whenGroupsAreTakenOut_thenEqualsTheFormula() {
    check(58, vwap.neutralize(sector).corr(volume, 3).decay(7).tsRank(5).times(-1));
    NaiveGrid mixed = open.times(0.868128).plus(high.times(1 - 0.868128)).neutralize(industry);
    NaiveGrid power = high.corr(amount.mean(10), 5).tsRank(5);
    check(80, mixed.delta(4).each(Math::signum).rank().with(power, Math::pow).times(-1));
    NaiveGrid first =
        flow().rank().neutralize(subindustry).neutralize(subindustry).scale().times(1.5);
    NaiveGrid lowest = close.times(-1).placeOfMax(30).rank();
    NaiveGrid second =
        close.corr(adv20.rank(), 5).minus(lowest).neutralize(subindustry).scale();
    check(100, first.minus(second).times(volume.over(adv20)).times(-1));
  }

  /** Where the close lies between low and high, times the volume. */
  private NaiveGrid flow() {
    NaiveGrid place = close.minus(low).minus(high.minus(close)).over(high.minus(low));
    return place.times(volume);
  }

  private void check(int number, NaiveGrid expected) {
    Factor factor = Alpha101.factors().factors().get(number - 1);
    FactorTable table = FactorEngine.DEFAULT.compute(panel, new FactorSet("one", List.of(factor)));
    int known = 0;
    for (int t = WARM; t < DAYS; t++) {
      for (int i = 0; i < INSTRUMENTS; i++) {
        double value = expected.cells()[t][i];
        known += Double.isNaN(value) ? 0 : 1;
        if (!Closeness.isClose(table.value(0, i, t), value, 1e-10)) {
          assertThat(table.value(0, i, t))
              .as("%s, instrument %s, day %s", factor, i, t)
              .isEqualTo(value);
        }
      }
    }
    assertThat(known).as("known values of %s", factor).isGreaterThan(100);
  }

  private Panel panel() {
    Map<String, NaiveGrid> grids = new LinkedHashMap<>();
    grids.put("open", open);
    grids.put("high", high);
    grids.put("low", low);
    grids.put("close", close);
    grids.put("vwap", vwap);
    grids.put("volume", volume);
    grids.put("amount", amount);
    grids.put("sector", sector);
    grids.put("industry", industry);
    grids.put("subindustry", subindustry);
    Panel.Builder builder =
        Panel.builder(Panels.weekdays(Panels.FIRST_DAY, DAYS), Adjustment.BACKWARD);
    for (int i = 0; i < INSTRUMENTS; i++) {
      Symbol symbol = new Symbol(Integer.toString(600_000 + i), Exchange.SSE);
      for (Map.Entry<String, NaiveGrid> grid : grids.entrySet()) {
        double[] column = new double[DAYS];
        for (int t = 0; t < DAYS; t++) {
          column[t] = grid.getValue().cells()[t][i];
        }
        builder.column(symbol, Field.of(grid.getKey()), 0, column);
      }
    }
    return builder.build();
  }

  private NaiveGrid walk() {
    double[] last = new double[INSTRUMENTS];
    return NaiveGrid.of(DAYS, INSTRUMENTS, (t, i) -> {
      last[i] = t == 0 ? 20 + i : last[i] * (0.95 + 0.1 * random.nextDouble());
      return last[i];
    });
  }

  private NaiveGrid near(NaiveGrid grid) {
    return grid.each(x -> x * (0.98 + 0.04 * random.nextDouble()));
  }

  private NaiveGrid noise(double from, double to) {
    return NaiveGrid.of(
        DAYS, INSTRUMENTS, (t, i) -> Math.rint(from + (to - from) * random.nextDouble()));
  }

  private static NaiveGrid groups(int count) {
    return NaiveGrid.of(DAYS, INSTRUMENTS, (t, i) -> i % count);
  }
}
