package io.qilin.core.expression;

import io.qilin.api.error.QilinException;

/**
 * How large an expression may be. Expressions come from people and from language models, so every size has a limit.
 *
 * @param maxLength characters of text, 1 to 1,000,000
 * @param maxDepth brackets, calls and exponents inside one another, 1 to 128; a chain such as {@code a+b+c} has depth 0
 * @param maxNodes fields, constants and operations together, 1 to 65,536
 * @param maxWindow rows of a window or a shift, 1 to 100,000
 */
public record ExpressionLimits(int maxLength, int maxDepth, int maxNodes, int maxWindow) {
  /** 4,096 characters, depth 64, 1,024 nodes, windows and shifts of 2,520 rows (ten years of days). */
  public static final ExpressionLimits DEFAULT = new ExpressionLimits(4096, 64, 1024, 2520);

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT for a limit out of its range
   */
  public ExpressionLimits {
    check("maxLength", maxLength, 1_000_000);
    check("maxDepth", maxDepth, 128);
    check("maxNodes", maxNodes, 65_536);
    check("maxWindow", maxWindow, 100_000);
  }

  /** The same limits with another longest window or shift. */
  public ExpressionLimits withMaxWindow(int rows) {
    return new ExpressionLimits(maxLength, maxDepth, maxNodes, rows);
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw QilinException.invalid(name + " must be 1 to " + most + ", was " + value);
    }
  }
}
