package io.qilin.core.factor;

/** Pearson's correlation in two passes, four sums side by side in a fixed order. */
final class Correlation {
  private Correlation() {}

  /** Of the first count values, however large or small. Neither side is constant. */
  static double of(double[] x, double[] y, int count) {
    double r = plain(x, y, count);
    return Double.isNaN(r) ? plain(scaled(x, count), scaled(y, count), count) : r;
  }

  /** Around the first value and with the largest near 1, so that neither sums nor squares leave the range of doubles. */
  private static double[] scaled(double[] x, int count) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Math.abs(x[i] / 4 - x[0] / 4));
    }
    int exponent = Math.getExponent(largest);
    double[] near = new double[count];
    for (int i = 0; i < count; i++) {
      near[i] = Math.scalb(x[i] / 4 - x[0] / 4, -exponent);
    }
    return near;
  }

  /** {@code NaN} where sums or squares leave the range of doubles. */
  private static double plain(double[] x, double[] y, int count) {
    double meanX = sum(x, count) / count;
    double meanY = sum(y, count) / count;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    double xx2 = 0;
    double yy2 = 0;
    double xy2 = 0;
    int i = 0;
    for (; i + 1 < count; i += 2) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      double ex = x[i + 1] - meanX;
      double ey = y[i + 1] - meanY;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
      xx2 += ex * ex;
      yy2 += ey * ey;
      xy2 += ex * ey;
    }
    if (i < count) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    double square = (xx + xx2) * (yy + yy2);
    boolean inRange = square > Double.MIN_NORMAL && square < Double.POSITIVE_INFINITY;
    double spread = inRange ? Math.sqrt(square) : Math.sqrt(xx + xx2) * Math.sqrt(yy + yy2);
    double r = (xy + xy2) / spread;
    boolean exact = isExact(xx + xx2) && isExact(yy + yy2) && Double.isFinite(r);
    return exact ? Math.max(-1, Math.min(1, r)) : Double.NaN;
  }

  /** Whether a sum of squares is neither infinite nor so small that its terms have lost digits. */
  private static boolean isExact(double squares) {
    return squares > 0x1p-900 && squares < Double.POSITIVE_INFINITY;
  }

  private static double sum(double[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return (a + b) + (c + d);
  }
}
