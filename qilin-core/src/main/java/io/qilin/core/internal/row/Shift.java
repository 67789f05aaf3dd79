package io.qilin.core.internal.row;

/** A series some days later: the same row where it is a whole one, else put together from two. */
final class Shift extends Kernel {
  private final Rows x;
  private final int ticks;
  private final Rows out;

  Shift(Rows x, int ticks, Rows out) {
    this.x = x.keep(ticks);
    this.ticks = ticks;
    this.out = out;
  }

  @Override
  void run(int tick) {
    double[] row = x.before(tick, ticks, 0);
    if (out.tile().day(ticks) == 0) {
      out.borrow(tick, row);
    } else {
      System.arraycopy(row, 0, out.write(tick), 0, row.length);
    }
  }
}
