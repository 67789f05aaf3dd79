package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.RandomExpression;
import io.qilin.testkit.Panels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any expression has the value that the plain evaluator finds. */
class ReferencePropertyTest {
  private static final int DAYS = 90;

  @Property(tries = 250)
  void whenSteadyExpression_thenTheValueIsThatOfThePlainEvaluator(
      @ForAll long seed, @ForAll NumericMode mode) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel panel = CalmPanel.of(1 + random.nextInt(18), DAYS, seed);

    compare(panel, texts(random), mode, seed);
  }

  @Property(tries = 100)
  void whenPricesAreOrdinary_thenTheValueIsThatOfThePlainEvaluator(
      @ForAll long seed, @ForAll NumericMode mode) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel panel = Panels.random(5, DAYS, 0.1, seed);
    List<String> texts =
        texts(random).stream().map(text -> text.replace("$volume", "$vwap")).toList();

    compare(panel, texts, mode, seed);
  }

  /** Whatever the expression, numbers stand where the plain evaluator has them, if each operator reads fields. */
  @Property(tries = 250)
  void whenAnyOperatorReadsFields_thenTheValueIsThatOfThePlainEvaluator(
      @ForAll long seed, @ForAll NumericMode mode) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      texts.add(RandomExpression.number(random, 1));
    }

    compare(CalmPanel.of(9, DAYS, seed), texts, mode, seed);
  }

  private static List<String> texts(SplittableRandom random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      texts.add(SteadyExpression.of(random, 1 + random.nextInt(3)));
    }
    return texts;
  }

  private static void compare(Panel panel, List<String> texts, NumericMode mode, long seed) {
    List<Factor> factors = new ArrayList<>();
    texts.forEach(text -> factors.add(new Factor("f" + factors.size(), text)));
    FactorTable table =
        FactorEngine.builder().mode(mode).build().compute(panel, new FactorSet("random", factors));
    Reference reference = Reference.of(panel, texts, mode);
    for (int factor = 0; factor < texts.size(); factor++) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        for (int day = 0; day < DAYS; day++) {
          double got = table.value(factor, i, day);
          double expected = reference.value(factor, i, day);
          if (!Closeness.isClose(got, expected, 1e-9)) {
            assertThat(got)
                .as("%s, instrument %s, day %s, %s, seed %s", texts.get(factor), i, day, mode, seed)
                .isEqualTo(expected);
          }
        }
      }
    }
  }
}
