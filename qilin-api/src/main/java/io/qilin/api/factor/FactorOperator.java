package io.qilin.api.factor;

import io.qilin.api.error.QilinException;

/**
 * An operator that a host adds to the language of factors. It is called as {@code name(x, y, p, q)}: first its series,
 * then its constants. Its value on a row is a function of a window of rows of each series, and of nothing else.
 *
 * <p>The window has always {@link #rows} rows and ends {@link #lookAhead} rows after the row whose value is asked for.
 * Rows before the first or after the last of an instrument are {@code NaN}, as is everything that is not known; values
 * may be infinite. Booleans are 1 and 0.
 *
 * <p>Implementations are pure and safe to share among threads: the same windows give the same bits, nothing is kept
 * between calls, and no array that is passed in is written or kept. {@code FactorOperatorTck} in {@code qilin-testkit}
 * holds them to that. A host hands operators to the parser by a list, or has them found by
 * {@link java.util.ServiceLoader}.
 */
public interface FactorOperator {
  /** The name by which it is called: 1 to 32 ASCII letters, digits and underscores, a letter first; case counts. */
  String name();

  /** How many series it reads, 1 to 4. */
  int operands();

  /** How many constants follow the series, 0 to 4. */
  int parameters();

  /**
   * Refuses constants that it cannot work with. Called once when an expression is read, before any other method gets
   * these constants.
   *
   * @param parameters as many finite numbers as {@link #parameters()} says
   * @throws QilinException INVALID_ARGUMENT that says which is wrong and what is allowed
   */
  void check(double[] parameters);

  /**
   * Rows of the window, those of the look-ahead among them: at least 1 + {@link #lookAhead}. The caller's limit on
   * windows holds for it.
   */
  int rows(double[] parameters);

  /**
   * How many rows after its own the value depends on; 0 unless overridden. Above 0 the operator can serve in labels
   * only, never in a factor.
   */
  default int lookAhead(double[] parameters) {
    return 0;
  }

  /** About how many nanoseconds one value takes; an estimate for plans, finite and not negative. */
  double cost(double[] parameters);

  /**
   * The value of one row.
   *
   * @param windows for each series its rows, oldest first; {@code windows[k][length - 1 - lookAhead]} is the row itself.
   *     The arrays may be longer than the window: what lies from {@code length} on is not to be read
   * @param length rows of the window, as {@link #rows} says
   * @param parameters the constants
   * @return the value; {@code NaN} where the window does not decide one
   */
  double value(double[][] windows, int length, double[] parameters);
}
