package io.qilin.core.internal.row;

import java.nio.ByteBuffer;

/** Puts state into a buffer that is large enough. */
final class StateWriter {
  private final ByteBuffer out;

  StateWriter(ByteBuffer out) {
    this.out = out;
  }

  void doubles(double[] values) {
    for (double value : values) {
      out.putDouble(value);
    }
  }

  void longs(long[] values) {
    for (long value : values) {
      out.putLong(value);
    }
  }

  void integer(int value) {
    out.putInt(value);
  }
}
