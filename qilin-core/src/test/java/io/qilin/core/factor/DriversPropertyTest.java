package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.RandomExpression;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** One plan, three drivers, the same bits: whole panel, block by block, row by row, and any beginning of it. */
class DriversPropertyTest {
  private static final int DAYS = 70;

  @Property(tries = 60)
  void whenStreamed_thenTheBitsAreThoseOfTheBatch(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int instruments) {
    Panel panel = MessyPanel.of(instruments, DAYS, seed);
    FactorPlan plan = plan(seed);
    FactorTable batch = plan.compute(panel);
    PanelReplay replay = new PanelReplay(plan, panel);

    for (int day = 0; day < DAYS; day++) {
      replay.push(day);
      compare(replay, batch, day);
    }
  }

  @Property(tries = 30)
  void whenRestoredFromASnapshot_thenTheStreamGoesOnWithTheSameBits(
      @ForAll long seed, @ForAll @IntRange(max = DAYS - 1) int cut) {
    Panel panel = MessyPanel.of(9, DAYS, seed);
    FactorPlan plan = plan(seed);
    FactorTable batch = plan.compute(panel);
    PanelReplay replay = new PanelReplay(plan, panel);
    for (int day = 0; day < cut; day++) {
      replay.push(day);
    }

    byte[] snapshot = replay.stream().snapshot();
    replay.restore(plan(seed), snapshot);

    assertThat(replay.stream().snapshot()).isEqualTo(snapshot);
    for (int day = cut; day < DAYS; day++) {
      replay.push(day);
      compare(replay, batch, day);
    }
  }

  @Property(tries = 30)
  void whenComputedBlockByBlock_thenTheBitsAreThoseOfTheBatch(
      @ForAll long seed,
      @ForAll @IntRange(max = DAYS - 1) int a,
      @ForAll @IntRange(max = DAYS - 1) int b,
      @ForAll @IntRange(min = 1, max = 30) int blockDays) {
    Panel panel = MessyPanel.of(11, DAYS, seed);
    FactorPlan plan = plan(seed);
    FactorTable batch = plan.compute(panel);
    int from = Math.min(a, b);
    int to = Math.max(a, b);
    long bytes = plan.stateBytes() * 11 + 8L * 11 * plan.names().size() * blockDays;
    List<LocalDate> seen = new ArrayList<>();

    plan.forEachBlock(panel, panel.days().get(from), panel.days().get(to), bytes, block -> {
      assertThat(block.days().size()).isLessThanOrEqualTo(blockDays);
      compare(block, batch, from + seen.size());
      seen.addAll(block.days());
    });

    assertThat(seen).isEqualTo(panel.days().subList(from, to + 1));
  }

  @Property(tries = 30)
  void whenOnlyABeginningIsThere_thenTheBitsAreThoseOfTheWhole(
      @ForAll long seed, @ForAll @IntRange(max = DAYS - 1) int cut) {
    Panel panel = MessyPanel.of(7, DAYS, seed);
    FactorPlan plan = plan(seed);
    FactorTable whole = plan.compute(panel);
    Panel prefix = panel.until(panel.days().get(cut));
    FactorTable part = plan.compute(prefix);

    for (Symbol symbol : prefix.symbols()) {
      int here = prefix.indexOf(symbol);
      int there = panel.indexOf(symbol);
      for (int factor = 0; factor < plan.names().size(); factor++) {
        for (int day = 0; day <= cut; day++) {
          assertSame(
              part.value(factor, here, day), whole.value(factor, there, day), plan, factor, day);
        }
      }
    }
  }

  private static FactorPlan plan(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      factors.add(new Factor("f" + i, RandomExpression.number(random, 1 + random.nextInt(4))));
    }
    if (random.nextInt(3) == 0) {
      factors.add(new Factor("cross", RandomExpression.crossSectional(random, 2)));
    }
    if (random.nextInt(3) == 0) {
      factors.add(new Factor(
          "other", "Corr($close, ChangeInstrument('SH600000', Mean($close, 3)), 5) + $open"));
      factors.add(new Factor("above", "Mean($close > Mask($close, 'SH600000'), 5)"));
    }
    NumericMode mode = random.nextBoolean() ? NumericMode.QLIB_EXACT : NumericMode.CORRECTED;
    return FactorEngine.builder().mode(mode).build().plan(new FactorSet("random", factors));
  }

  private static void compare(PanelReplay replay, FactorTable batch, int day) {
    for (int factor = 0; factor < batch.names().size(); factor++) {
      double[] values = replay.values(factor);
      for (Map.Entry<Symbol, Integer> entry : replay.places().entrySet()) {
        double expected = batch.value(factor, replay.panel().indexOf(entry.getKey()), day);
        assertBits(replay.stream().value(factor, entry.getValue()), expected, factor, day);
        assertBits(values[entry.getValue()], expected, factor, day);
      }
    }
  }

  private static void compare(FactorBlock block, FactorTable batch, int offset) {
    for (int factor = 0; factor < batch.names().size(); factor++) {
      for (int day = 0; day < block.days().size(); day++) {
        for (int i = 0; i < block.symbols().size(); i++) {
          assertBits(
              block.value(factor, i, day), batch.value(factor, i, day + offset), factor, day);
        }
      }
    }
  }

  private static void assertSame(
      double got, double expected, FactorPlan plan, int factor, int day) {
    assertThat(Double.doubleToLongBits(got))
        .as(
            "%s on day %s: %s, %s; %s",
            plan.names().get(factor), day, got, expected, plan.explain())
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  private static void assertBits(double got, double expected, int factor, int day) {
    if (Double.doubleToLongBits(got) != Double.doubleToLongBits(expected)) {
      assertThat(got).as("factor %s on day %s", factor, day).isEqualTo(expected);
    }
  }
}
