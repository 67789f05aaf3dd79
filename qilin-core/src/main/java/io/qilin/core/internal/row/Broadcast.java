package io.qilin.core.internal.row;

import java.util.Arrays;

/** The value of another instrument on all lanes. */
final class Broadcast extends Kernel {
  private final Value x;
  private final Rows out;

  Broadcast(Value x, Rows out) {
    this.x = x;
    this.out = out;
  }

  @Override
  void run(int tick) {
    double[] values = x.at(tick);
    double[] row = out.write(tick);
    int lanes = out.tile().lanes;
    for (int day = 0; day < values.length; day++) {
      Arrays.fill(row, day * lanes, (day + 1) * lanes, values[day]);
    }
  }
}
