package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.Operator;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorrectionTest {
  /** Holes, an infinity, ordinary and very small values. */
  private static final Panel PANEL = Panels.series(Field.of("x"), values());

  @Test
  void whenBothModesCompute_thenTheyDifferInTheListedOperatorsOnly() {
    Set<Operator> listed = Arrays.stream(Correction.values())
        .flatMap(correction -> correction.operators().stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operator.class)));
    Set<Operator> different = Arrays.stream(Operator.values())
        .filter(operator -> !operator.isCrossSectional())
        .filter(operator -> {
          String text = call(operator);
          return !bits(text, NumericMode.QLIB_EXACT).equals(bits(text, NumericMode.CORRECTED));
        })
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Operator.class)));

    assertThat(different).isEqualTo(listed);
  }

  /** A call of the operator by its signature. */
  private static String call(Operator operator) {
    String signature = operator.signature();
    if (signature.startsWith("-")) {
      return "-$x";
    }
    String arguments = signature.substring(signature.indexOf('('));
    TreeMap<String, String> meant = new TreeMap<>();
    meant.put("x", "$x");
    meant.put("y", "Ref($x,1)");
    meant.put("a", "$x");
    meant.put("b", operator == Operator.NOT || operator == Operator.AND ? "($x>0)" : "$x");
    meant.put("c", operator == Operator.IF ? "$x" : "($x>1)");
    meant.put("N", "6");
    meant.put("q", "0.3");
    if (operator == Operator.OR) {
      meant.put("b", "($x>0)");
    }
    StringBuilder call = new StringBuilder(operator.functionName());
    for (int i = 0; i < arguments.length(); i++) {
      String letter = arguments.substring(i, i + 1);
      call.append(meant.getOrDefault(letter, letter));
    }
    return call.toString();
  }

  private static List<Long> bits(String expression, NumericMode mode) {
    LabelTable table = FactorEngine.builder()
        .mode(mode)
        .build()
        .labels(PANEL, List.of(new Label("l", expression)));
    return IntStream.range(0, PANEL.days().size())
        .mapToObj(day -> Double.doubleToLongBits(table.value(0, 0, day)))
        .toList();
  }

  private static double[] values() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = random.doubles(80, -2, 2).toArray();
    for (int i = 20; i < 40; i++) {
      values[i] *= 1e-7;
    }
    values[50] = Double.NaN;
    values[60] = Double.POSITIVE_INFINITY;
    return values;
  }
}
