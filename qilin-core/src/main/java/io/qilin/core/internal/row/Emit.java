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
    double[] row = value.at(tick);
    int lanes = value.rows().tile().lanes;
    for (int offset = 0; offset < row.length; offset += lanes) {
      outlet.give(output, tick + offset / lanes, row, offset);
    }
  }
}
