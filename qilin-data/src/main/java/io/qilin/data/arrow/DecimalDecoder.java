package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.NearestDouble;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Turns Arrow's decimals, whole numbers of 32 to 256 bits with a scale, into the nearest doubles. */
final class DecimalDecoder {
  /** The largest power of ten that fits a long. */
  private static final int LONG_DIGITS = 18;

  private final CellType type;
  private final ByteBuffer cells;
  private final BigInteger bound;
  private final boolean isBounded;
  private final long longBound;
  private final byte[] bytes;

  private DecimalDecoder(CellType type, ByteBuffer cells) {
    int digits = type.digits().count();
    this.type = type;
    this.cells = cells;
    this.bound = BigInteger.TEN.pow(digits);
    this.isBounded = digits <= LONG_DIGITS;
    this.longBound = isBounded ? bound.longValueExact() : Long.MAX_VALUE;
    this.bytes = new byte[type.kind().width()];
  }

  /** How many digits decimals of a width have at most. Source: {@code Schema.fbs} of Apache Arrow. */
  static int mostDigits(CellType.Kind kind) {
    return switch (kind) {
      case DECIMAL32 -> 9;
      case DECIMAL64 -> 18;
      case DECIMAL128 -> 38;
      default -> 76;
    };
  }

  /** The numbers; of missing rows any. */
  static double[] read(CellType type, ByteBuffer cells, int rows, BitSet missing, Where where) {
    DecimalDecoder decoder = new DecimalDecoder(type, cells);
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = missing.get(row) ? 0 : decoder.cell(row, where);
    }
    return values;
  }

  private double cell(int row, Where where) {
    int scale = type.digits().scale();
    int width = type.kind().width();
    int at = row * width;
    boolean little = cells.order() == ByteOrder.LITTLE_ENDIAN;
    long low = width == Integer.BYTES
        ? cells.getInt(at)
        : cells.getLong(little ? at : at + width - Long.BYTES);
    if (isLong(low, at, little)) {
      if (isBounded && (low >= longBound || low <= -longBound)) {
        throw tooMany(BigInteger.valueOf(low), row, where);
      }
      return NearestDouble.of(low, scale);
    }
    for (int i = 0; i < width; i++) {
      bytes[i] = cells.get(little ? at + width - 1 - i : at + i);
    }
    BigInteger unscaled = new BigInteger(bytes);
    if (unscaled.abs().compareTo(bound) >= 0) {
      throw tooMany(unscaled, row, where);
    }
    return NearestDouble.of(unscaled, scale);
  }

  /** Whether the other words only repeat the sign of the lowest. */
  private boolean isLong(long low, int at, boolean little) {
    for (int word = Long.BYTES; word < type.kind().width(); word += Long.BYTES) {
      if (cells.getLong(little ? at + word : at + word - Long.BYTES) != low >> 63) {
        return false;
      }
    }
    return true;
  }

  private QilinException tooMany(BigInteger unscaled, int row, Where where) {
    return where.broken("row " + row + " has the decimal " + unscaled + " × 10^"
        + -type.digits().scale() + ", more than the " + type.digits().count()
        + " digits of the column");
  }
}
