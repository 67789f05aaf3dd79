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
    Arrays.fill(out.write(tick), x.at(tick)[0]);
  }
}
