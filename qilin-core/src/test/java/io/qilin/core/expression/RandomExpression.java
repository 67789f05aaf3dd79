package io.qilin.core.expression;

import java.util.List;
import java.util.SplittableRandom;

/** Makes texts of valid expressions. */
public final class RandomExpression {
  private static final List<String> ROLLING = List.of(
      "Mean", "Sum", "Std", "Var", "Max", "Min", "Med", "Count", "Skew", "Kurt", "IdxMax", "IdxMin",
      "Mad", "Rank", "Slope", "Rsquare", "Resi", "WMA", "EMA");
  private static final List<String> PAIRED = List.of("Corr", "Cov");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "**");
  private static final List<String> COMPARISONS = List.of(">", ">=", "<", "<=", "==", "!=");

  private RandomExpression() {}

  /** A text over {@code $open $high $low $close $volume} that reads no future. */
  public static String number(SplittableRandom random, int depth) {
    if (depth == 0) {
      return field(random);
    }
    String inner = number(random, depth - 1);
    return switch (random.nextInt(13)) {
      case 0 -> "(" + inner + ")";
      case 1 -> "-" + "(" + inner + ")";
      case 2 -> pick(random, List.of("Abs", "Log", "Sign")) + "(" + inner + ")";
      case 3 -> inner + pick(random, ARITHMETIC) + constant(random);
      case 4 -> constant(random) + " " + pick(random, ARITHMETIC) + inner;
      case 5 -> "(" + inner + ")" + pick(random, ARITHMETIC) + number(random, depth - 1);
      case 6 ->
        pick(random, List.of("Greater", "Less", "Add", "Sub", "Mul", "Div", "Power")) + "(" + inner
            + ", " + number(random, depth - 1) + ")";
      case 7 -> pick(random, List.of("Ref", "Delta")) + "(" + inner + "," + random.nextInt(6) + ")";
      case 8 -> "If(" + truth(random, depth - 1) + "," + inner + "," + constant(random) + ")";
      case 9 ->
        pick(random, PAIRED) + "(" + inner + "," + number(random, depth - 1) + ","
            + (2 + random.nextInt(8)) + ")";
      case 11 ->
        pick(random, List.of("Product", "DecayLinear")) + "(" + inner + ","
            + (1 + random.nextInt(9)) + ")";
      case 10 -> "Quantile(" + inner + "," + random.nextInt(9) + ",0." + random.nextInt(10) + ")";
      default -> pick(random, ROLLING) + "(" + inner + "," + window(random) + ")";
    };
  }

  /** As {@link #number}, with operators that compare instruments. */
  public static String crossSectional(SplittableRandom random, int depth) {
    if (depth == 0) {
      return number(random, 1);
    }
    String inner = crossSectional(random, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "CSRank(" + inner + ")";
      case 1 -> pick(random, List.of("CSZScore", "CSDemean")) + "(" + inner + ")";
      case 2 -> pick(random, List.of("CSScale(", "CSClip(")) + inner + ", 2.5)";
      case 3 -> "CSBucket(" + inner + "," + (2 + random.nextInt(9)) + ")";
      case 4 -> "CSWinsorize(" + inner + ",0." + random.nextInt(5) + ")";
      case 5 -> "CSNeutralize(" + inner + "," + field(random) + exposures(random, 0) + ")";
      case 6 -> "CSResidual(" + inner + exposures(random, 1) + ")";
      default -> "Mean(" + inner + ",3)-" + number(random, 1);
    };
  }

  private static String exposures(SplittableRandom random, int fewest) {
    StringBuilder list = new StringBuilder();
    for (int i = random.nextInt(fewest, 9); i > 0; i--) {
      list.append(", ").append(number(random, random.nextInt(2)));
    }
    return list.toString();
  }

  private static String truth(SplittableRandom random, int depth) {
    if (depth <= 0 || random.nextInt(3) == 0) {
      return field(random) + pick(random, COMPARISONS) + field(random);
    }
    String inner = truth(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "Not(" + inner + ")";
      case 1 -> "(" + inner + ")&(" + truth(random, depth - 1) + ")";
      case 2 -> "Or(" + inner + "," + truth(random, depth - 1) + ")";
      default -> "And(Ref(" + inner + ",1)," + inner + ")";
    };
  }

  private static String field(SplittableRandom random) {
    return pick(random, List.of("$open", "$high", "$low", "$close", "$volume"));
  }

  private static String constant(SplittableRandom random) {
    return pick(random, List.of("1", "2", "0.5", "-1", "1e-12", "3.25", "-0.1", "100"));
  }

  private static String window(SplittableRandom random) {
    return random.nextInt(6) == 0 ? "0" : Integer.toString(4 + random.nextInt(20));
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
