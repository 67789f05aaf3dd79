package io.qilin.core.internal.row;

/** Where results go as soon as they are there, while their rows are still in the first cache. */
final class Outlet {
  private RowProgram.Sink sink = (output, tick, row, offset) -> {};

  void to(RowProgram.Sink taker) {
    sink = taker;
  }

  void give(int output, int tick, double[] row, int offset) {
    sink.take(output, tick, row, offset);
  }
}
