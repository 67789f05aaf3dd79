package io.qilin.core.internal.row;

import java.nio.ByteBuffer;

/** Takes state out of a buffer, in the order in which it was written. */
final class StateReader {
  private final ByteBuffer in;

  StateReader(ByteBuffer in) {
    this.in = in;
  }

  void doubles(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getDouble();
    }
  }

  void longs(long[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getLong();
    }
  }

  int integer() {
    return in.getInt();
  }
}
