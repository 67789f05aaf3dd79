package io.qilin.data.quality.table;

import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableSchema;

/**
 * How the cells of a key are put into 64 or 128 bits: side by side where they fit, the first column in the highest, so
 * that keys have the order of the columns; else as a hash of 128 bits. Immutable.
 */
final class KeyShape {
  /** How a key is held. */
  enum Kind {
    /** Exactly, in 64 bits. */
    NARROW,
    /** Exactly, in 128 bits. */
    WIDE,
    /** As a hash of 128 bits. */
    HASHED
  }

  private final int[] columns;
  private final ColumnType[] types;
  private final Kind kind;

  KeyShape(TableSchema schema, int... columns) {
    this(schema, false, columns);
  }

  /** A key of some columns; always hashed if asked for. */
  KeyShape(TableSchema schema, boolean hash, int... columns) {
    this.columns = columns.clone();
    this.types = new ColumnType[columns.length];
    int bits = 0;
    for (int i = 0; i < columns.length; i++) {
      types[i] = schema.fields().get(columns[i]).type();
      bits += bits(types[i]);
    }
    this.kind =
        hash ? Kind.HASHED : bits <= 64 ? Kind.NARROW : bits <= 128 ? Kind.WIDE : Kind.HASHED;
  }

  static int bits(ColumnType type) {
    return switch (type) {
      case INT32, DATE, TEXT, BOOLEAN -> 32;
      case FLOAT64, INT64, TIMESTAMP, TIME -> 64;
    };
  }

  Kind kind() {
    return kind;
  }

  int parts() {
    return columns.length;
  }

  int column(int part) {
    return columns[part];
  }

  ColumnType type(int part) {
    return types[part];
  }

  /** By how many bits, counted from the lowest, a part stands to the left; 64 and more are in the high half. */
  int shift(int part) {
    int shift = 0;
    for (int i = types.length - 1; i > part; i--) {
      shift += bits(types[i]);
    }
    return shift;
  }

  boolean hasText() {
    for (ColumnType type : types) {
      if (type == ColumnType.TEXT) {
        return true;
      }
    }
    return false;
  }

  /** The code of a part of a key that is not hashed; the sign is back in place. */
  long code(int part, long high, long low) {
    int shift = shift(part);
    if (bits(types[part]) == 64) {
      return shift == 0 ? low : shift == 64 ? high : high << 32 | low >>> 32;
    }
    long half = shift >= 64 ? high >>> (shift - 64) : low >>> shift;
    boolean top = shift == 32 || shift == 96;
    return top ? (int) half : (int) half ^ Integer.MIN_VALUE;
  }

  /** A key for a person. */
  String text(long high, long low, TextIds ids) {
    if (kind == Kind.HASHED) {
      return "hash " + Long.toHexString(high) + ":" + Long.toHexString(low);
    }
    StringBuilder out = new StringBuilder();
    for (int part = 0; part < types.length; part++) {
      long code = code(part, high, low);
      out.append(part == 0 ? "" : " ")
          .append(
              switch (types[part]) {
                case TEXT -> ids.word((int) code);
                case BOOLEAN -> Boolean.toString(code != 0);
                case FLOAT64 -> Double.toString(Double.longBitsToDouble(code));
                default -> Block.whole(types[part], code);
              });
    }
    return out.toString();
  }
}
