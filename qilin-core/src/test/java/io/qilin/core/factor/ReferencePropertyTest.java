package io.qilin.core.factor;

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

    Reference.check(panel, texts(random), mode, 1e-9, "seed " + seed);
  }

  @Property(tries = 100)
  void whenPricesAreOrdinary_thenTheValueIsThatOfThePlainEvaluator(
      @ForAll long seed, @ForAll NumericMode mode) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel panel = Panels.random(5, DAYS, 0.1, seed);
    List<String> texts =
        texts(random).stream().map(text -> text.replace("$volume", "$vwap")).toList();

    Reference.check(panel, texts, mode, 1e-9, "seed " + seed);
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

    Reference.check(CalmPanel.of(9, DAYS, seed), texts, mode, 1e-9, "seed " + seed);
  }

  private static List<String> texts(SplittableRandom random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      texts.add(SteadyExpression.of(random, 1 + random.nextInt(3)));
    }
    return texts;
  }
}
