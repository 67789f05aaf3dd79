package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.expression.Expression;
import io.qilin.core.expression.Operator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operator, over fields alone, at short, usual and long windows. */
class EveryOperatorTest {
  private static final int DAYS = 300;
  private static final List<Integer> WINDOWS =
      List.of(0, 1, 2, 3, 5, 7, 10, 20, 30, 59, 60, 61, 127, 128, 130, 252);
  private static final List<String> PLAIN = List.of(
      "-$close",
      "Abs($close)",
      "Log($close)",
      "Sign($close)",
      "Not($close>$open)",
      "$close**$open",
      "$close**2",
      "$close*$open",
      "$close/$open",
      "$close+$open",
      "$close-$open",
      "($close>$open)&($close>$low)",
      "($close>$open)|($close>$low)",
      "$close>$open",
      "$close>=$open",
      "$close<$open",
      "$close<=$open",
      "$close==$open",
      "$close!=$open",
      "Greater($close,$open)",
      "Less($close,$open)",
      "If($close>$open,$high,$low)");
  private static final Set<Operator> LOOSE =
      EnumSet.of(Operator.SKEW, Operator.KURT, Operator.RSQUARE, Operator.RESI, Operator.CORR);
  private static final Set<Operator> SPREADS = EnumSet.of(
      Operator.STD, Operator.VAR, Operator.COV, Operator.SLOPE, Operator.WMA, Operator.MAD);

  @Test
  void whenTheTextsAreRead_thenTheyHoldEveryOperatorOfOneInstrument() {
    Set<Operator> found = EnumSet.noneOf(Operator.class);
    List<Expression> all = new ArrayList<>();
    PLAIN.forEach(text -> all.add(Expression.parse(text)));
    for (Operator operator : Operator.values()) {
      texts(operator).forEach(text -> all.add(Expression.parse(text)));
    }
    for (Step step : Plan.of(all, NumericMode.CORRECTED).steps()) {
      if (step instanceof Step.Apply apply) {
        found.add(apply.operator());
      }
    }
    Set<Operator> expected = EnumSet.allOf(Operator.class);
    expected.removeIf(Operator::isCrossSectional);

    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void whenNoWindow_thenTheValueIsThatOfThePlainEvaluator(NumericMode mode) {
    compare(PLAIN, mode, 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void whenAnyWindow_thenTheValueIsThatOfThePlainEvaluator(Operator operator) {
    double tolerance = LOOSE.contains(operator) ? 1e-9 : SPREADS.contains(operator) ? 1e-11 : 1e-12;
    for (NumericMode mode : NumericMode.values()) {
      compare(texts(operator), mode, tolerance);
    }
  }

  /** The operator over fields with all windows that it accepts; none if it has no window. */
  private static List<String> texts(Operator operator) {
    List<String> texts = new ArrayList<>();
    for (int window : WINDOWS) {
      String name = operator.functionName();
      switch (operator) {
        case REF, DELTA, MEAN, SUM, STD, VAR, MAX, MIN, IDX_MAX, IDX_MIN, MED, MAD, RANK, COUNT ->
          texts.add(name + "($close," + window + ")");
        case SLOPE, RSQUARE, RESI, WMA, EMA -> texts.add(name + "($close," + window + ")");
        case SKEW, KURT -> {
          if (window == 0 || window > 3) {
            texts.add(name + "($close," + window + ")");
          }
        }
        case QUANTILE -> {
          for (String level : List.of("0", "0.2", "0.5", "0.8", "1")) {
            texts.add("Quantile($close," + window + "," + level + ")");
          }
        }
        case CORR, COV -> {
          if (window > 0) {
            texts.add(name + "($close,$open," + window + ")");
          }
        }
        case PRODUCT, DECAY_LINEAR -> {
          if (window > 0) {
            texts.add(name + "($close," + window + ")");
          }
        }
        default -> {
          assertThat(operator.lookBack(20)).as(name).hasValue(0);
        }
      }
    }
    return texts;
  }

  private static void compare(List<String> texts, NumericMode mode, double tolerance) {
    if (texts.isEmpty()) {
      return;
    }
    for (long seed = 1; seed <= 3; seed++) {
      Reference.check(CalmPanel.of(13, DAYS, seed), texts, mode, tolerance, "seed " + seed);
    }
  }
}
