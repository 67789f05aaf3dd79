package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExpressionPropertyTest {
  private static final List<String> WORDS = List.of(
      "$close",
      "$a",
      "$$p",
      "$",
      "5",
      "0",
      "0.5",
      "1e-12",
      "1e999",
      "-1",
      "+",
      "-",
      "*",
      "/",
      "**",
      ">",
      ">=",
      "==",
      "!=",
      "&",
      "|",
      "(",
      ")",
      "(",
      ")",
      ",",
      ",",
      "'SH600000'",
      "\"",
      "'mean'",
      " ",
      "Mean(",
      "Ref(",
      "Corr(",
      "If(",
      "And(",
      "Not(",
      "Quantile(",
      "Mask(",
      "ChangeInstrument(",
      "Rolling(",
      "CSRank(",
      "CSNeutralize(",
      "CSResidual(",
      "DecayLinear(",
      "EMA(",
      "P(",
      "Power(",
      "True",
      "mean",
      "\u0000",
      "\uff08",
      "收",
      "\ud800",
      "\t",
      "\n",
      "#",
      ".",
      "e");

  @Property(tries = 2000)
  void whenPrinted_thenParsesBackToTheSame(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int depth = 1 + random.nextInt(4);
    Expression expression = Expression.parse(
        random.nextInt(3) == 0
            ? RandomExpression.crossSectional(random, depth)
            : RandomExpression.number(random, depth));

    Expression again = Expression.parse(expression.toString());

    assertThat(again).isEqualTo(expression);
    assertThat(again.type()).isEqualTo(expression.type());
    assertThat(again.lookBack()).isEqualTo(expression.lookBack());
    assertThat(again.lookAhead()).isEqualTo(expression.lookAhead());
    assertThat(again.fields()).isEqualTo(expression.fields());
    assertThat(again.isCrossSectional()).isEqualTo(expression.isCrossSectional());
  }

  @Property(tries = 5000)
  void whenAnythingComes_thenItIsReadOrRefusedWithItsPlace(@ForAll("wordSalad") String text) {
    assertReadOrRefused(text);
  }

  @Property(tries = 1000)
  void whenAnyCharactersCome_thenTheyAreReadOrRefusedWithTheirPlace(@ForAll String text) {
    assertReadOrRefused(text);
  }

  /** Takes away, doubles or swaps characters of something valid: nearer to what people and models write. */
  @Property(tries = 3000)
  void whenSomethingValidIsDamaged_thenItIsReadOrRefusedWithItsPlace(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(RandomExpression.number(random, 2));
    for (int i = random.nextInt(3); i >= 0 && text.length() > 1; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, text.charAt(random.nextInt(text.length())));
        default -> text.setCharAt(at, WORDS.get(random.nextInt(WORDS.size())).charAt(0));
      }
    }
    assertReadOrRefused(text.toString());
  }

  private static void assertReadOrRefused(String text) {
    try {
      assertThat(Expression.parse(text).toString()).isNotEmpty();
    } catch (ExpressionException e) {
      assertThat(e.position()).isBetween(0, text.length());
      assertThat(e.getMessage().lines().count()).isEqualTo(4);
    }
  }

  @Provide
  Arbitrary<String> wordSalad() {
    return Arbitraries.of(WORDS).list().ofMaxSize(30).map(words -> String.join("", words));
  }
}
