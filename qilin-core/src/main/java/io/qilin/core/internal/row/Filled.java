package io.qilin.core.internal.row;

/** A series with something else in the place of what is not valid; where all is valid, the series itself. */
final class Filled extends Kernel {
  private final Value x;
  private final Validity validity;
  private final double filling;
  private final Rows out;

  /**
   * The series with a constant where it is not valid.
   *
   * @param filling the constant; {@code NaN} for the last valid value before
   */
  Filled(Value x, Validity validity, double filling, Rows out) {
    this.x = x;
    this.validity = validity;
    this.filling = filling;
    this.out = out;
  }

  @Override
  void run(int tick) {
    double[] row = x.at(tick);
    if (validity.whole(tick)) {
      out.borrow(tick, row);
    } else if (Double.isNaN(filling)) {
      double[] last = out.at(tick - out.tile().days);
      carry(row, validity.bits(tick), last, out.tile().lanes, out.write(tick));
    } else {
      fill(row, validity.bits(tick), filling, out.write(tick));
    }
  }

  private static void carry(double[] x, long[] bits, double[] last, int lanes, double[] out) {
    int end = last.length - lanes;
    for (int i = 0; i < out.length; i++) {
      double before = i < lanes ? last[end + i] : out[i - lanes];
      out[i] = Validity.has(bits, i) ? x[i] : before;
    }
  }

  private static void fill(double[] x, long[] bits, double filling, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Validity.has(bits, i) ? x[i] : filling;
    }
  }
}
