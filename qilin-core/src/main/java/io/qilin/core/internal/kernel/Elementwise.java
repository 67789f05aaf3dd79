package io.qilin.core.internal.kernel;

/** Functions of one row. Booleans are 1 and 0. Bit for bit the same on every machine. */
public final class Elementwise {
  private Elementwise() {}

  /** The sign of the value rounded to a float, as Qlib takes it; {@code NaN} stays. */
  public static double sign(double x) {
    return Math.signum((double) (float) x);
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
