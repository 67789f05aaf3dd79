package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.RandomExpression;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What makes a value trustworthy: it depends on its own past only, whatever is asked for and however it is computed. */
class FactorEnginePropertyTest {
  private static final int DAYS = 50;

  /** Qlib's results change with the query's start; these do not. */
  @Property(tries = 150)
  void whenOnlySomeDaysAreAsked_thenTheirBitsAreThoseOfTheWhole(
      @ForAll long seed,
      @ForAll @IntRange(max = DAYS - 1) int a,
      @ForAll @IntRange(max = DAYS - 1) int b) {
    Panel panel = Panels.random(4, DAYS, 0.1, seed);
    FactorSet set = randomSet(seed);
    int from = Math.min(a, b);
    int to = Math.max(a, b);

    FactorTable whole = FactorEngine.DEFAULT.compute(panel, set);
    FactorTable part = FactorEngine.DEFAULT.compute(
        panel, set, panel.days().get(from), panel.days().get(to));

    assertSameBits(part, whole, set, 0, to - from + 1, from);
  }

  @Property(tries = 100)
  void whenTheFutureIsCutOrChanged_thenNoFactorChanges(
      @ForAll long seed, @ForAll @IntRange(max = DAYS - 2) int day) {
    Panel panel = Panels.random(4, DAYS, 0.1, seed);
    LocalDate today = panel.days().get(day);
    FactorSet set = randomSet(seed);

    FactorTable whole = FactorEngine.DEFAULT.compute(panel, set);
    FactorTable cut = FactorEngine.DEFAULT.compute(panel.until(today), set);
    FactorTable other =
        FactorEngine.DEFAULT.compute(Panels.withOtherFuture(panel, today, seed), set);

    assertSameBits(other, whole, set, 0, day + 1, 0);
    assertSameBits(cut, whole, set, 0, day + 1, 0);
  }

  @Property(tries = 15)
  void whenManyThreadsHelp_thenTheBitsAreTheSame(@ForAll long seed) {
    Panel panel = Panels.random(23, DAYS, 0.1, seed);
    FactorSet set = randomSet(seed);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      FactorTable alone = FactorEngine.DEFAULT.compute(panel, set);
      FactorTable together = FactorEngine.builder().executor(threads).build().compute(panel, set);

      assertSameBits(together, alone, set, 0, DAYS, 0);
    } finally {
      threads.shutdownNow();
    }
  }

  @Property(tries = 50)
  void whenComputedAloneOrWithOthers_thenTheBitsAreTheSame(@ForAll long seed) {
    Panel panel = Panels.random(3, DAYS, 0.1, seed);
    FactorSet set = randomSet(seed);
    FactorTable together = FactorEngine.DEFAULT.compute(panel, set);

    for (Factor factor : set.factors()) {
      FactorSet one = FactorSet.of("one", factor);
      FactorTable alone = FactorEngine.DEFAULT.compute(panel, one);
      assertSameBits(alone, together, one, 0, DAYS, 0);
    }
  }

  private static FactorSet randomSet(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      factors.add(new Factor("f" + i, RandomExpression.number(random, 1 + random.nextInt(4))));
    }
    return new FactorSet("random", factors);
  }

  /** Compares days {@code [from, to)} of one table with the same days, offset further, of another. */
  private static void assertSameBits(
      FactorTable got, FactorTable expected, FactorSet set, int from, int to, int offset) {
    for (Symbol symbol : got.symbols()) {
      int here = got.symbols().indexOf(symbol);
      int there = expected.symbols().indexOf(symbol);
      for (Factor factor : set.factors()) {
        for (int day = from; day < to; day++) {
          double a = got.value(got.indexOf(factor.name()), here, day);
          double b = expected.value(expected.indexOf(factor.name()), there, day + offset);
          assertThat(Double.doubleToLongBits(a))
              .as(
                  "%s = %s of %s on day %s: %s, %s",
                  factor.name(), factor.expression(), symbol, day, a, b)
              .isEqualTo(Double.doubleToLongBits(b));
        }
      }
    }
  }
}
