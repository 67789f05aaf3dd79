package io.qilin.core.internal.kernel;

/**
 * Functions of one row. Booleans are 1 and 0. Bit for bit the same on every machine. What is asked of each value is found
 * from its bits, as a branch that depends on the data is often guessed wrong.
 */
public final class Elementwise {
  private static final long SIGN = Long.MIN_VALUE;
  private static final long INFINITE = 0x7ff0000000000000L;
  private static final long NAN = 0x7ff8000000000000L;
  private static final long ONE = 0x3ff0000000000000L;

  private Elementwise() {}

  /** The sign of the value rounded to a float, as Qlib takes it; 0 for -0, {@code NaN} stays. */
  public static double sign(double x) {
    long bits = Double.doubleToRawLongBits((float) x);
    return Double.longBitsToDouble((notZero(bits) & ((bits & SIGN) | ONE)) | (isNaN(bits) & NAN));
  }

  /** Whether a is less than b; never if one is {@code NaN}. */
  public static double less(double a, double b) {
    return number(isLess(a, b));
  }

  /** Whether a is less than or equal to b; never if one is {@code NaN}. */
  public static double lessOrEqual(double a, double b) {
    return number(~(isLess(b, a) | isNaN(a, b)));
  }

  /** Whether a is equal to b; never if one is {@code NaN}. */
  public static double equal(double a, double b) {
    return number(~(isLess(a, b) | isLess(b, a) | isNaN(a, b)));
  }

  /** a where the condition is not 0, {@code NaN} included, else b. */
  public static double choose(double condition, double a, double b) {
    long first = notZero(Double.doubleToRawLongBits(condition));
    return Double.longBitsToDouble(
        (Double.doubleToRawLongBits(a) & first) | (Double.doubleToRawLongBits(b) & ~first));
  }

  /** -1 if a is less than b, else 0: then alone their difference is negative, +0 making a zero positive. */
  private static long isLess(double a, double b) {
    long difference = Double.doubleToRawLongBits(a - b + 0.0);
    return (difference >> 63) & ~isNaN(difference);
  }

  private static long isNaN(double a, double b) {
    return isNaN(Double.doubleToRawLongBits(a)) | isNaN(Double.doubleToRawLongBits(b));
  }

  /** -1 or 0. */
  private static long isNaN(long bits) {
    return (INFINITE - (bits & ~SIGN)) >> 63;
  }

  /** -1 or 0. */
  private static long notZero(long bits) {
    long size = bits & ~SIGN;
    return -size >> 63;
  }

  /** 1 for -1, and 0 for 0. */
  private static double number(long mask) {
    return Double.longBitsToDouble(mask & ONE);
  }

  /** Power as C and NumPy have it: 1 to any power is 1, and so is -1 to an infinite one. */
  public static double power(double base, double exponent) {
    boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
    return one ? 1 : StrictMath.pow(base, exponent);
  }

  /** A boolean as a number. */
  public static double truth(boolean b) {
    return b ? 1 : 0;
  }

  /** Whether both are true; an empty row makes it false. */
  public static double and(double a, double b) {
    return truth(a == 1 && b == 1);
  }

  /** Whether one is true; an empty row makes it false, as pandas has it. */
  public static double or(double a, double b) {
    return truth((a == 1 || b == 1) && !Double.isNaN(a) && !Double.isNaN(b));
  }
}
