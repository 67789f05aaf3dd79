package io.qilin.core.internal.row;

/**
 * Natural logarithm with an error below one unit in the last place, the same bits on every machine and in every form of
 * the engine. Follows the method of fdlibm's {@code e_log.c} (Sun Microsystems, 1993) without its branches: x = 2^k (1 + f)
 * with √2/2 &lt; 1 + f &lt; √2, s = f/(2 + f), log(1 + f) = f - (f²/2 - s(f²/2 + R(s²))).
 *
 * <p>Two loops: the first takes numbers apart, which C2 does one by one, the second is arithmetic, which it vectorises.
 */
final class LogKernel extends Kernel {
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;
  private static final double L1 = 6.666666666666735130e-01;
  private static final double L2 = 3.999999999940941908e-01;
  private static final double L3 = 2.857142874366239149e-01;
  private static final double L4 = 2.222219843214978396e-01;
  private static final double L5 = 1.818357216161805012e-01;
  private static final double L6 = 1.531383769920937332e-01;
  private static final double L7 = 1.479819860511658591e-01;
  /** The bits of √2/2, rounded as fdlibm does. */
  private static final long HALF_ROOT = 0x3fe6a09e00000000L;

  private static final double TWO_54 = 0x1p54;

  private final Value x;
  private final Rows out;
  private double[] power = {};
  private double[] fraction = {};
  private double[] rest = {};

  LogKernel(Value x, Rows out) {
    this.x = x;
    this.out = out;
  }

  @Override
  void run(int tick) {
    double[] in = x.at(tick);
    double[] row = out.write(tick);
    if (power.length != row.length) {
      power = new double[row.length];
      fraction = new double[row.length];
      rest = new double[row.length];
    }
    boolean usual = takeApart(in, power, fraction);
    polynomial(fraction, rest);
    putTogether(power, fraction, rest, row);
    if (!usual) {
      unusual(in, row);
    }
  }

  /** Whether all are positive, finite and not subnormal. */
  private static boolean takeApart(double[] x, double[] power, double[] fraction) {
    long odd = 0;
    for (int i = 0; i < x.length; i++) {
      long bits = Double.doubleToRawLongBits(x[i]);
      odd |= (bits - 0x0010000000000000L) | (0x7fefffffffffffffL - bits);
      long k = (bits - HALF_ROOT) >> 52;
      fraction[i] = Double.longBitsToDouble(bits - (k << 52)) - 1;
      power[i] = (double) (int) k;
    }
    return odd >= 0;
  }

  private static void polynomial(double[] fraction, double[] rest) {
    for (int i = 0; i < rest.length; i++) {
      double s = fraction[i] / (2.0 + fraction[i]);
      double z = s * s;
      double w = z * z;
      double t1 = w * (L2 + w * (L4 + w * L6));
      rest[i] = t1 + z * (L1 + w * (L3 + w * (L5 + w * L7)));
    }
  }

  private static void putTogether(double[] power, double[] fraction, double[] rest, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double f = fraction[i];
      double s = f / (2.0 + f);
      double half = 0.5 * f * f;
      out[i] = power[i] * LN2_HIGH - ((half - (s * (half + rest[i]) + power[i] * LN2_LOW)) - f);
    }
  }

  private static void unusual(double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      if (!(x[i] >= Double.MIN_NORMAL && x[i] <= Double.MAX_VALUE)) {
        out[i] = log(x[i]);
      }
    }
  }

  /** The same of one number. */
  static double log(double x) {
    if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
      return x == 0 ? Double.NEGATIVE_INFINITY : x == Double.POSITIVE_INFINITY ? x : Double.NaN;
    }
    boolean small = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(small ? x * TWO_54 : x);
    long k = (bits - HALF_ROOT) >> 52;
    double f = Double.longBitsToDouble(bits - (k << 52)) - 1;
    double power = k - (small ? 54 : 0);
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double t1 = w * (L2 + w * (L4 + w * L6));
    double rest = t1 + z * (L1 + w * (L3 + w * (L5 + w * L7)));
    double half = 0.5 * f * f;
    return power * LN2_HIGH - ((half - (s * (half + rest) + power * LN2_LOW)) - f);
  }
}
