package io.qilin.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReplacementTest {
  @Test
  void whenPartsAreReplaced_thenTheyAreReadElsewhere() {
    Expression expression = Expression.parse("Mean($close,5)+Ref(Mean($close,5),3)*2");

    assertThat(replaced(expression, "Mean($close,5)", "$m")).hasToString("$m+Ref($m,3)*2");
    assertThat(replaced(expression, "$close", "$open/2"))
        .hasToString("Mean($open/2,5)+Ref(Mean($open/2,5),3)*2");
    assertThat(replaced(expression, expression.toString(), "$all")).hasToString("$all");
  }

  @Test
  void whenReplaced_thenReachAndFieldsAreThoseOfTheNewTree() {
    Expression shorter =
        replaced(Expression.parse("Mean(Mean($close,50),5)"), "Mean($close,50)", "$m");

    assertThat(shorter.lookBack()).hasValue(4);
    assertThat(shorter.fields()).hasToString("[$m]");
  }

  @Test
  void whenNothingFits_thenItIsTheSame() {
    Expression expression = Expression.parse("$close>$open");

    assertThat(replaced(expression, "$high", "$low")).isSameAs(expression);
  }

  @Test
  void whenASignMeetsASign_thenBothAreGone() {
    assertThat(replaced(Expression.parse("1-(-$close)"), "$close", "-$open"))
        .isEqualTo(Expression.parse("1-$open"));
  }

  @Test
  void whenInMaskOrAnOperatorOfTheHost_thenTheyStayAround() {
    FactorOperators own = FactorOperators.of(List.of(new Range()));
    Expression expression = Expression.parse(
        "Range(ChangeInstrument('SH600000',$close+1),$low,4,0)", ExpressionLimits.DEFAULT, own);

    assertThat(replaced(expression, "$close+1", "$next"))
        .isEqualTo(Expression.parse(
            "Range(ChangeInstrument('SH600000',$next),$low,4,0)", ExpressionLimits.DEFAULT, own));
  }

  @Test
  void whenTheNewPartCannotStandThere_thenItIsRefused() {
    Expression expression = Expression.parse("If($close>$open,$high,1)");

    assertRefused(expression, "$close>$open", "$volume", "is a boolean");
    assertRefused(expression, "$high", "$close>$open", "is a boolean");
    assertRefused(expression, "$high", "CSRank($low)", "cannot replace $high");
  }

  @Property(tries = 200)
  void whenFieldsAreReplacedByThemselves_thenTheExpressionIsEqual(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Expression expression = Expression.parse(RandomExpression.crossSectional(random, 3));

    Expression again = expression.replacing(node -> node instanceof Node.FieldValue
        ? Optional.of(Expression.parse(node.toString()))
        : Optional.empty());

    assertThat(again).isEqualTo(expression).isNotSameAs(expression);
    assertThat(Expression.parse(again.toString())).isEqualTo(expression);
  }

  @Property(tries = 200)
  void whenAPartIsTaken_thenItIsTheExpressionOfItsText(@ForAll long seed) {
    Expression whole = Expression.parse(RandomExpression.number(new SplittableRandom(seed), 3));

    for (Node part : Node.postOrder(whole.root())) {
      if (part instanceof Node.Constant) {
        assertThatThrownBy(() -> Expression.of(part)).isInstanceOf(QilinException.class);
      } else {
        assertThat(Expression.of(part)).isEqualTo(Expression.parse(part.toString()));
      }
    }
  }

  private static Expression replaced(Expression expression, String part, String other) {
    return expression.replacing(node ->
        node.toString().equals(part) ? Optional.of(Expression.parse(other)) : Optional.empty());
  }

  private static void assertRefused(
      Expression expression, String part, String other, String message) {
    assertThatThrownBy(() -> replaced(expression, part, other))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(message);
  }
}
