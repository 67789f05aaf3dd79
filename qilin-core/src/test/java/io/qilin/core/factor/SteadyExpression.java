package io.qilin.core.factor;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes texts of expressions in which a rounding of an operand stays a rounding of the value: what compares or places
 * values, or divides by a spread, stands over fields alone; what stands over computed values is continuous and keeps
 * their size.
 */
final class SteadyExpression {
  private static final List<String> FIELDS = List.of("$open", "$high", "$low", "$close", "$volume");
  private static final List<String> OVER_FIELDS = List.of(
      "Rank", "IdxMax", "IdxMin", "Count", "Skew", "Kurt", "Rsquare", "Var", "Product", "Sum");
  private static final List<String> ROLLING = List.of(
      "Mean", "Std", "Max", "Min", "Med", "Mad", "Slope", "Resi", "WMA", "EMA", "DecayLinear");

  private SteadyExpression() {}

  static String of(SplittableRandom random, int depth) {
    if (depth == 0) {
      return leaf(random);
    }
    String inner = of(random, depth - 1);
    return switch (random.nextInt(10)) {
      case 0 -> "Abs(" + inner + ")";
      case 1 -> "(" + inner + pick(random, List.of("+", "-")) + of(random, depth - 1) + ")";
      case 2 ->
        pick(random, List.of("Greater", "Less")) + "(" + inner + "," + of(random, depth - 1) + ")";
      case 3 -> pick(random, List.of("Ref", "Delta")) + "(" + inner + "," + random.nextInt(6) + ")";
      case 4 -> "If(" + truth(random) + "," + inner + "," + of(random, depth - 1) + ")";
      case 5 -> "Quantile(" + inner + "," + random.nextInt(30) + ",0." + random.nextInt(10) + ")";
      case 6 -> "(" + inner + "*0.25-1)";
      default -> rolling(random, pick(random, ROLLING), inner);
    };
  }

  private static String leaf(SplittableRandom random) {
    String field = pick(random, FIELDS);
    return switch (random.nextInt(6)) {
      case 0 -> bounded(random, pick(random, OVER_FIELDS), field);
      case 1 -> "Corr(" + field + "," + pick(random, FIELDS) + "," + (2 + random.nextInt(20)) + ")";
      case 2 -> "Mean(" + truth(random) + "," + (1 + random.nextInt(20)) + ")";
      case 3 -> "Sign(" + field + ")";
      default -> field;
    };
  }

  private static String bounded(SplittableRandom random, String operator, String field) {
    return switch (operator) {
      case "Product" -> "Product(" + field + "," + (1 + random.nextInt(3)) + ")/1000000";
      case "Sum" -> "Sum(" + field + "," + (1 + random.nextInt(20)) + ")/20";
      case "Var" -> "Var(" + field + "," + (2 + random.nextInt(20)) + ")/100";
      default -> operator + "(" + field + "," + (4 + random.nextInt(20)) + ")";
    };
  }

  private static String rolling(SplittableRandom random, String operator, String inner) {
    boolean bounded = operator.equals("DecayLinear");
    int window = random.nextInt(6) == 0 && !bounded ? 0 : 1 + random.nextInt(35);
    return operator + "(" + inner + "," + window + ")";
  }

  private static String truth(SplittableRandom random) {
    return "(" + pick(random, FIELDS) + pick(random, List.of(">", ">=", "<", "<=", "==", "!="))
        + pick(random, FIELDS) + ")";
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
