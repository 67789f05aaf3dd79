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
      return;
    }
    double[] last = out.at(tick - out.tile().days);
    double[] filled = out.write(tick);
    System.arraycopy(row, 0, filled, 0, filled.length);
    long[] bits = validity.bits(tick);
    for (int word = 0; word < bits.length; word++) {
      long holes = ~bits[word];
      while (holes != 0) {
        int i = (word << 6) + Long.numberOfTrailingZeros(holes);
        if (i < filled.length) {
          filled[i] = Double.isNaN(filling) ? before(last, filled, i) : filling;
        }
        holes &= holes - 1;
      }
    }
  }

  private double before(double[] last, double[] filled, int i) {
    int lanes = out.tile().lanes;
    return i < lanes ? last[last.length - lanes + i] : filled[i - lanes];
  }
}
