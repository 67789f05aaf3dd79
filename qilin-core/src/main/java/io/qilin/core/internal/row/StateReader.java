package io.qilin.core.internal.row;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Takes state out of a buffer, in the order in which it was written, and refuses what no writer can have written. */
final class StateReader {
  private final ByteBuffer in;
  private final int tick;

  StateReader(ByteBuffer in, int tick) {
    this.in = in;
    this.tick = tick;
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

  /** As many numbers as are said to follow. */
  double[] counted() {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / Double.BYTES) {
      throw new BufferUnderflowException();
    }
    double[] values = new double[count];
    doubles(values);
    return values;
  }

  /**
   * The number of the row that a ring of days one by one begins with: not after the next day, and not so long ago that
   * differences of days overflow.
   */
  int start() {
    int start = in.getInt();
    if (start > tick || start < Integer.MIN_VALUE / 2) {
      throw new BufferUnderflowException();
    }
    return start;
  }
}
