package io.qilin.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows of one instrument on their way to its partition: days since 1970 and some values each. Grows; for use by one thread.
 */
final class InstrumentRows {
  private final String symbol;
  private final String spelling;
  private final int width;
  private int[] days = {};
  private double[] values = {};
  private int rows;

  InstrumentRows(String symbol, String spelling, int width) {
    this.symbol = symbol;
    this.spelling = spelling;
    this.width = width;
  }

  String symbol() {
    return symbol;
  }

  String spelling() {
    return spelling;
  }

  int rows() {
    return rows;
  }

  int day(int row) {
    return days[row];
  }

  double value(int row, int column) {
    return values[row * width + column];
  }

  /** Adds a row; its values are to be set. */
  int add(int day) {
    if (rows == days.length) {
      // From one row on, as there may be very many instruments of very few rows.
      int more = Math.max(1, rows * 2);
      days = Arrays.copyOf(days, more);
      values = Arrays.copyOf(values, more * width);
    }
    days[rows] = day;
    return rows++;
  }

  /** Sets a value of a row. */
  void set(int row, int column, double value) {
    values[row * width + column] = value;
  }

  /** Bytes that a row takes. */
  int rowBytes() {
    return Integer.BYTES + width * Double.BYTES;
  }

  /**
   * All rows as bytes; there are none afterwards.
   *
   * @param source what the values are
   */
  byte[] take(int source) {
    byte[] text = spelling.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(3 * Integer.BYTES + text.length + rows * rowBytes());
    out.putInt(source).putInt(text.length).put(text).putInt(rows);
    out.asIntBuffer().put(days, 0, rows);
    out.position(out.position() + rows * Integer.BYTES);
    out.asDoubleBuffer().put(values, 0, rows * width);
    rows = 0;
    days = new int[0];
    values = new double[0];
    return out.array();
  }

  /** What the values of stored rows are. */
  static int source(byte[] stored) {
    return ByteBuffer.wrap(stored).getInt();
  }

  /** Stored rows. */
  static InstrumentRows of(String symbol, byte[] stored) {
    ByteBuffer in = ByteBuffer.wrap(stored);
    in.getInt();
    byte[] text = new byte[in.getInt()];
    in.get(text);
    int rows = in.getInt();
    int left = in.remaining() - rows * Integer.BYTES;
    int width = rows == 0 ? 0 : left / Double.BYTES / rows;
    InstrumentRows made =
        new InstrumentRows(symbol, new String(text, StandardCharsets.UTF_8), width);
    made.rows = rows;
    made.days = new int[rows];
    made.values = new double[rows * width];
    in.asIntBuffer().get(made.days);
    in.position(in.position() + rows * Integer.BYTES);
    in.asDoubleBuffer().get(made.values);
    return made;
  }
}
