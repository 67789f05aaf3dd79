package io.qilin.core.internal.row;

/** Hands a result over. */
final class Emit extends Kernel {
  private final Outlet outlet;
  private final int output;
  private final Value value;

  Emit(Outlet outlet, int output, Value value) {
    this.outlet = outlet;
    this.output = output;
    this.value = value;
  }

  @Override
  void run(int tick) {
    outlet.give(output, tick, value.at(tick));
  }
}
