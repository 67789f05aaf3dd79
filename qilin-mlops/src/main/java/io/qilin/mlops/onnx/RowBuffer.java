package io.qilin.mlops.onnx;

import io.qilin.api.factor.FactorTable;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Rows on their way into native memory: gathered in an array, then copied in one go. Not thread-safe. */
abstract class RowBuffer {
  final int width;

  RowBuffer(int width) {
    this.width = width;
  }

  static RowBuffer of(boolean doubles, int width, int rows) {
    return doubles ? new Doubles(width, rows) : new Floats(width, rows);
  }

  /** Where native code reads. */
  abstract Buffer memory();

  /**
   * Takes a row; false if a value is not finite as native code will see it. Such a value less itself is {@code NaN}, any other 0: so
   * one sum tells it of the whole row, without a branch for each value.
   */
  abstract boolean row(double[] rows, int from, int at);

  /** Takes one feature of several instruments on one day, the first in row 0; marks rows with values that are not finite. */
  abstract void column(
      FactorTable table, int column, int day, int first, int count, int feature, boolean[] odd);

  /** The value that native code will see. */
  abstract double value(int row, int feature);

  /** Copies a row to an earlier place. */
  abstract void move(int from, int to);

  /** Copies the first rows into native memory. */
  abstract void send(int count);

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static final class Floats extends RowBuffer {
    private final float[] values;
    private final FloatBuffer memory;

    Floats(int width, int rows) {
      super(width);
      values = new float[Math.multiplyExact(width, rows)];
      memory = direct(Math.multiplyExact(values.length, 4)).asFloatBuffer();
    }

    @Override
    Buffer memory() {
      return memory;
    }

    @Override
    boolean row(double[] rows, int from, int at) {
      int to = at * width;
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      int i = 0;
      for (; i < width - 3; i += 4) {
        float first = (float) rows[from + i];
        float second = (float) rows[from + i + 1];
        float third = (float) rows[from + i + 2];
        float fourth = (float) rows[from + i + 3];
        values[to + i] = first;
        values[to + i + 1] = second;
        values[to + i + 2] = third;
        values[to + i + 3] = fourth;
        a += first * 0;
        b += second * 0;
        c += third * 0;
        d += fourth * 0;
      }
      for (; i < width; i++) {
        float value = (float) rows[from + i];
        values[to + i] = value;
        a += value * 0;
      }
      return a + b + c + d == 0;
    }

    @Override
    void column(
        FactorTable table, int column, int day, int first, int count, int feature, boolean[] odd) {
      for (int i = 0; i < count; i++) {
        float value = (float) table.value(column, first + i, day);
        values[i * width + feature] = value;
        odd[i] |= !(Math.abs(value) <= Float.MAX_VALUE);
      }
    }

    @Override
    double value(int row, int feature) {
      return values[row * width + feature];
    }

    @Override
    void move(int from, int to) {
      System.arraycopy(values, from * width, values, to * width, width);
    }

    @Override
    void send(int count) {
      memory.put(0, values, 0, count * width);
    }
  }

  private static final class Doubles extends RowBuffer {
    private final double[] values;
    private final DoubleBuffer memory;

    Doubles(int width, int rows) {
      super(width);
      values = new double[Math.multiplyExact(width, rows)];
      memory = direct(Math.multiplyExact(values.length, 8)).asDoubleBuffer();
    }

    @Override
    Buffer memory() {
      return memory;
    }

    @Override
    boolean row(double[] rows, int from, int at) {
      double odd = 0;
      int to = at * width;
      for (int i = 0; i < width; i++) {
        double value = rows[from + i];
        values[to + i] = value;
        odd += value * 0;
      }
      return odd == 0;
    }

    @Override
    void column(
        FactorTable table, int column, int day, int first, int count, int feature, boolean[] odd) {
      for (int i = 0; i < count; i++) {
        double value = table.value(column, first + i, day);
        values[i * width + feature] = value;
        odd[i] |= !(Math.abs(value) <= Double.MAX_VALUE);
      }
    }

    @Override
    double value(int row, int feature) {
      return values[row * width + feature];
    }

    @Override
    void move(int from, int to) {
      System.arraycopy(values, from * width, values, to * width, width);
    }

    @Override
    void send(int count) {
      memory.put(0, values, 0, count * width);
    }
  }
}
