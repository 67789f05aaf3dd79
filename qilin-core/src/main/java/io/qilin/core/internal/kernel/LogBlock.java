package io.qilin.core.internal.kernel;

/**
 * Logarithms to base 2 of positive normal numbers, each as a sum of two doubles, by the steps of fdlibm's {@code e_pow.c};
 * see {@link PowerRow}.
 *
 * <p>The number is 2^k x with x between √¾ and √3; log2 x is taken from s = (x − o) / (x + o), where the origin o is 1 or
 * 1.5, whichever is near.
 */
final class LogBlock {
  private static final int FRACTION = 0xfffff;
  private static final int ONE = 0x3ff00000;
  private static final int BIAS = 1023;

  /** The fractions of the upper words of √1.5 and √3; between them the origin is 1.5. */
  private static final int ROOT_OF_1_5 = 0x3988e;

  private static final int ROOT_OF_3 = 0xbb67a;

  /** log2 1.5 in two parts. */
  private static final double LOG_1_5_UPPER = 0x1.2b8034p-1;

  private static final double LOG_1_5_LOWER = 0x1.cfdeb43cfd006p-27;

  /** 2 / (3 ln 2), and in two parts. */
  private static final double FACTOR = 0x1.ec709dc3a03fdp-1;

  private static final double FACTOR_UPPER = 0x1.ec709ep-1;
  private static final double FACTOR_LOWER = -0x1.e2fe0145b01f5p-28;

  private static final double L1 = 0x1.3333333333303p-1;
  private static final double L2 = 0x1.b6db6db6fabffp-2;
  private static final double L3 = 0x1.55555518f264dp-2;
  private static final double L4 = 0x1.17460a91d4101p-2;
  private static final double L5 = 0x1.d864a93c9db65p-3;
  private static final double L6 = 0x1.a7e284a454eefp-3;

  private final double[] power;
  private final double[] x;
  private final double[] near;
  private final double[] difference;
  private final double[] inverse;
  private final double[] ratio;
  private final double[] ratioUpper;
  private final double[] ratioLower;
  private final double[] rounded;
  private final double[] rest;
  private final double[] product;
  private final double[] upper;
  private final double[] lower;

  /** For blocks of up to so many numbers. */
  LogBlock(int width) {
    power = new double[width];
    x = new double[width];
    near = new double[width];
    difference = new double[width];
    inverse = new double[width];
    ratio = new double[width];
    ratioUpper = new double[width];
    ratioLower = new double[width];
    rounded = new double[width];
    rest = new double[width];
    product = new double[width];
    upper = new double[width];
    lower = new double[width];
  }

  /** Takes the logarithms of the first n. */
  void compute(double[] numbers, int n) {
    split(numbers, power, x, near, rounded, n);
    divide(x, near, difference, inverse, ratio, n);
    WordParts.upper(ratio, ratioUpper, n);
    correct(x, near, difference, inverse, ratioUpper, rounded, ratioLower, n);
    sum(ratio, ratioUpper, ratioLower, rest, product, n);
    WordParts.upper(product, rounded, n);
    multiply(ratio, ratioUpper, ratioLower, rest, rounded, product, n);
    WordParts.upper(product, rounded, n);
    scale(rounded, ratioUpper, ratioLower, near, power, lower, product, n);
    WordParts.upper(product, upper, n);
    subtract(upper, rounded, near, power, lower, n);
  }

  /** The upper parts. */
  double[] upper() {
    return upper;
  }

  /** The lower parts. */
  double[] lower() {
    return lower;
  }

  /**
   * Finds k, x and whether 1.5 is near, as 1 or 0, and the upper part of x + o, rounded.
   */
  private static void split(
      double[] numbers, double[] power, double[] x, double[] near, double[] rounded, int n) {
    for (int i = 0; i < n; i++) {
      long bits = Double.doubleToRawLongBits(numbers[i]);
      int word = (int) (bits >>> Integer.SIZE);
      int fraction = word & FRACTION;
      int above = (ROOT_OF_3 - 1 - fraction) >>> 31;
      int middle = ((ROOT_OF_1_5 - fraction) >>> 31) & ~above;
      int upper = (fraction | ONE) - (above << 20);
      power[i] = (word >>> 20) - BIAS + above;
      x[i] = Double.longBitsToDouble(((long) upper << Integer.SIZE) | (bits & ~WordParts.UPPER));
      near[i] = middle;
      int half = ((upper >> 1) | 0x20000000) + 0x80000 + (middle << 18);
      rounded[i] = Double.longBitsToDouble((long) half << Integer.SIZE);
    }
  }

  private static void divide(
      double[] x, double[] near, double[] difference, double[] inverse, double[] ratio, int n) {
    for (int i = 0; i < n; i++) {
      double origin = 1 + near[i] * 0.5;
      double u = x[i] - origin;
      double v = 1 / (x[i] + origin);
      difference[i] = u;
      inverse[i] = v;
      ratio[i] = u * v;
    }
  }

  /** What the upper part of the ratio lacks. */
  private static void correct(
      double[] x,
      double[] near,
      double[] difference,
      double[] inverse,
      double[] ratioUpper,
      double[] rounded,
      double[] ratioLower,
      int n) {
    for (int i = 0; i < n; i++) {
      double left = x[i] - (rounded[i] - (1 + near[i] * 0.5));
      ratioLower[i] =
          inverse[i] * ((difference[i] - ratioUpper[i] * rounded[i]) - ratioUpper[i] * left);
    }
  }

  /** The series in the square of the ratio. */
  private static void sum(
      double[] ratio,
      double[] ratioUpper,
      double[] ratioLower,
      double[] rest,
      double[] sum,
      int n) {
    for (int i = 0; i < n; i++) {
      double s = ratio[i];
      double s2 = s * s;
      double r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))));
      r += ratioLower[i] * (ratioUpper[i] + s);
      rest[i] = r;
      sum[i] = 3 + ratioUpper[i] * ratioUpper[i] + r;
    }
  }

  /** The ratio times the series: its parts take the places of those of the ratio. */
  private static void multiply(
      double[] ratio,
      double[] ratioUpper,
      double[] ratioLower,
      double[] rest,
      double[] rounded,
      double[] product,
      int n) {
    for (int i = 0; i < n; i++) {
      double left = rest[i] - ((rounded[i] - 3) - ratioUpper[i] * ratioUpper[i]);
      double u = ratioUpper[i] * rounded[i];
      double v = ratioLower[i] * rounded[i] + left * ratio[i];
      ratioUpper[i] = u;
      ratioLower[i] = v;
      product[i] = u + v;
    }
  }

  /** Makes it a logarithm to base 2 and adds those of the origin and of 2^k. */
  private static void scale(
      double[] rounded,
      double[] productUpper,
      double[] productLower,
      double[] near,
      double[] power,
      double[] lower,
      double[] sum,
      int n) {
    for (int i = 0; i < n; i++) {
      double left = productLower[i] - (rounded[i] - productUpper[i]);
      double low = FACTOR_LOWER * rounded[i] + left * FACTOR + near[i] * LOG_1_5_LOWER;
      lower[i] = low;
      sum[i] = ((FACTOR_UPPER * rounded[i] + low) + near[i] * LOG_1_5_UPPER) + power[i];
    }
  }

  /** Leaves in the lower part what the upper part lacks. */
  private static void subtract(
      double[] upper, double[] rounded, double[] near, double[] power, double[] lower, int n) {
    for (int i = 0; i < n; i++) {
      lower[i] -= ((upper[i] - power[i]) - near[i] * LOG_1_5_UPPER) - FACTOR_UPPER * rounded[i];
    }
  }
}
