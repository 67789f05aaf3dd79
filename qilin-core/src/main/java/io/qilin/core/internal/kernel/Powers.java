package io.qilin.core.internal.kernel;

/**
 * {@link StrictMath#pow}, bit for bit, at about a third of its cost for ordinary numbers: a positive normal base and a
 * result that is far from overflow and underflow. All else is left to StrictMath.
 *
 * <p>Java prescribes the bits of {@code StrictMath.pow}: those of {@code e_pow.c} in fdlibm 5.3. This is that algorithm
 * with its constants, the parts of the words taken from one {@code long} and every choice that depends on the data made by
 * arithmetic, so that the processor can work on several powers at a time. It holds log2 of the base as a sum of two
 * numbers, the upper one of 21 bits, multiplies by the exponent, and takes 2 to the power of that.
 *
 * <p>fdlibm carries this notice: Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy,
 * modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
final class Powers {
  private static final long UPPER = -1L << 32;
  private static final int FRACTION = 0xfffff;
  private static final int ONE = 0x3ff00000;
  private static final int HALF = 0x3fe00000;

  /** Exponents from this size on are left to StrictMath. */
  private static final double MOST_EXPONENT = 0x1p31;

  /** Results beyond this power of two are left to StrictMath. */
  private static final double MOST_RESULT = 1020;

  /** Upper words of √1.5 and √3 less their exponents: between them the logarithm is taken from 1.5. */
  private static final int ROOT_OF_1_5 = 0x3988e;

  private static final int ROOT_OF_3 = 0xbb67a;

  /** log2 1.5 in two parts. */
  private static final double LOG_1_5_UPPER = 0x1.2b8034p-1;

  private static final double LOG_1_5_LOWER = 0x1.cfdeb43cfd006p-27;

  /** 2 / (3 ln 2), and in two parts. */
  private static final double CP = 0x1.ec709dc3a03fdp-1;

  private static final double CP_UPPER = 0x1.ec709ep-1;
  private static final double CP_LOWER = -0x1.e2fe0145b01f5p-28;

  /** ln 2, and in two parts. */
  private static final double LN2 = 0x1.62e42fefa39efp-1;

  private static final double LN2_UPPER = 0x1.62e43p-1;
  private static final double LN2_LOWER = -0x1.05c610ca86c39p-29;

  private static final double L1 = 0x1.3333333333303p-1;
  private static final double L2 = 0x1.b6db6db6fabffp-2;
  private static final double L3 = 0x1.55555518f264dp-2;
  private static final double L4 = 0x1.17460a91d4101p-2;
  private static final double L5 = 0x1.d864a93c9db65p-3;
  private static final double L6 = 0x1.a7e284a454eefp-3;

  private static final double P1 = 0x1.555555555553ep-3;
  private static final double P2 = -0x1.6c16c16bebd93p-9;
  private static final double P3 = 0x1.1566aaf25de2cp-14;
  private static final double P4 = -0x1.bbd41c5d26bf1p-20;
  private static final double P5 = 0x1.6376972bea4d0p-25;

  private Powers() {}

  /** The base to the power of the exponent, as {@code StrictMath.pow} has it. */
  static double of(double base, double exponent) {
    double size = Math.abs(exponent);
    boolean ordinary = base >= Double.MIN_NORMAL
        && base <= Double.MAX_VALUE
        && size < MOST_EXPONENT
        && size != 0
        && size != 0.5
        && size != 1
        && size != 2;
    return ordinary ? ordinary(base, exponent) : StrictMath.pow(base, exponent);
  }

  private static double ordinary(double base, double exponent) {
    long bits = Double.doubleToRawLongBits(base);
    int word = (int) (bits >>> 32);
    int fraction = word & FRACTION;
    int above = (ROOT_OF_3 - 1 - fraction) >>> 31;
    int near = ((ROOT_OF_1_5 - fraction) >>> 31) & ~above;
    double power = (word >>> 20) - 1023 + above;
    int upper = (fraction | ONE) - (above << 20);
    double x = Double.longBitsToDouble((long) upper << 32 | (bits & ~UPPER));
    double origin = 1 + near * 0.5;

    // s = (x - origin) / (x + origin), in two parts
    double u = x - origin;
    double v = 1 / (x + origin);
    double s = u * v;
    double sUpper = upper(s);
    double tUpper = Double.longBitsToDouble(
        (long) (((upper >> 1) | 0x20000000) + 0x00080000 + (near << 18)) << 32);
    double tLower = x - (tUpper - origin);
    double sLower = v * ((u - sUpper * tUpper) - sUpper * tLower);

    // log2 of the base, in two parts
    double s2 = s * s;
    double r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))));
    r += sLower * (sUpper + s);
    s2 = sUpper * sUpper;
    tUpper = upper(3 + s2 + r);
    tLower = r - ((tUpper - 3) - s2);
    u = sUpper * tUpper;
    v = sLower * tUpper + tLower * s;
    double pUpper = upper(u + v);
    double pLower = v - (pUpper - u);
    double zUpper = CP_UPPER * pUpper;
    double zLower = CP_LOWER * pUpper + pLower * CP + near * LOG_1_5_LOWER;
    double origin2 = near * LOG_1_5_UPPER;
    double logUpper = upper(((zUpper + zLower) + origin2) + power);
    double logLower = zLower - (((logUpper - power) - origin2) - zUpper);

    // times the exponent
    double yUpper = upper(exponent);
    double lower = (exponent - yUpper) * logUpper + exponent * logLower;
    double product = yUpper * logUpper;
    double z = lower + product;
    return Math.abs(z) < MOST_RESULT ? exp2(z, product, lower) : StrictMath.pow(base, exponent);
  }

  /** 2 to the power of z, which is the sum of the other two. */
  private static double exp2(double z, double upper, double lower) {
    long word = Double.doubleToRawLongBits(z) & UPPER;
    int far = (HALF - ((int) (word >>> 32) & Integer.MAX_VALUE)) >>> 31;
    int nearest = far * (int) (Math.abs(Double.longBitsToDouble(word)) + 0.5);
    int sign = (int) (word >> 63);
    int whole = (nearest ^ sign) - sign;
    double rest = upper - whole;
    double t = upper(lower + rest);
    double u = t * LN2_UPPER;
    double v = (lower - (t - rest)) * LN2 + t * LN2_LOWER;
    double y = u + v;
    double w = v - (y - u);
    t = y * y;
    double t1 = y - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
    double r = (y * t1) / (t1 - 2) - (w + y * w);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(1 - (r - y)) + ((long) whole << 52));
  }

  /** The value without the lower half of its bits. */
  private static double upper(double x) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & UPPER);
  }
}
