package io.qilin.data.arrow;

import io.qilin.data.table.ColumnType;

/**
 * How Arrow stores the cells of a flat column.
 *
 * @param kind their form
 * @param nanos of moments and times the nanoseconds of one unit, otherwise 1
 * @param local whether moments have no zone, and are what a clock in Shanghai showed
 * @param digits of decimals how many there are, otherwise none
 */
record CellType(Kind kind, long nanos, boolean local, Digits digits) {
  /**
   * The digits of decimals.
   *
   * @param count how many a number has at most
   * @param scale how many of them stand behind the point
   */
  record Digits(int count, int scale) {
    static final Digits NONE = new Digits(0, 0);
  }

  /** Forms of cells: their width in bytes (of texts that of an offset or a view) and what they are read as. */
  enum Kind {
    NULL(0, ColumnType.TEXT),
    BOOL(0, ColumnType.BOOLEAN),
    INT8(1, ColumnType.INT32),
    UINT8(1, ColumnType.INT32),
    INT16(2, ColumnType.INT32),
    UINT16(2, ColumnType.INT32),
    INT32(4, ColumnType.INT32),
    UINT32(4, ColumnType.INT64),
    INT64(8, ColumnType.INT64),
    UINT64(8, ColumnType.INT64),
    FLOAT16(2, ColumnType.FLOAT64),
    FLOAT32(4, ColumnType.FLOAT64),
    FLOAT64(8, ColumnType.FLOAT64),
    DECIMAL32(4, ColumnType.FLOAT64),
    DECIMAL64(8, ColumnType.FLOAT64),
    DECIMAL128(16, ColumnType.FLOAT64),
    DECIMAL256(32, ColumnType.FLOAT64),
    DAYS(4, ColumnType.DATE),
    DATE_MILLIS(8, ColumnType.DATE),
    TIME32(4, ColumnType.TIME),
    TIME64(8, ColumnType.TIME),
    TIMESTAMP(8, ColumnType.TIMESTAMP),
    UTF8(4, ColumnType.TEXT),
    LARGE_UTF8(8, ColumnType.TEXT),
    UTF8_VIEW(16, ColumnType.TEXT),
    BINARY(4, ColumnType.TEXT),
    LARGE_BINARY(8, ColumnType.TEXT),
    BINARY_VIEW(16, ColumnType.TEXT);

    private final int width;
    private final ColumnType type;

    Kind(int width, ColumnType type) {
      this.width = width;
      this.type = type;
    }

    int width() {
      return width;
    }

    ColumnType type() {
      return type;
    }

    boolean isText() {
      return this == UTF8 || this == LARGE_UTF8 || this == UTF8_VIEW || isBytes();
    }

    /** Whether cells are bytes that may be texts or not. */
    boolean isBytes() {
      return this == BINARY || this == LARGE_BINARY || this == BINARY_VIEW;
    }

    boolean isView() {
      return this == UTF8_VIEW || this == BINARY_VIEW;
    }

    boolean isDecimal() {
      return this == DECIMAL32 || this == DECIMAL64 || this == DECIMAL128 || this == DECIMAL256;
    }
  }

  static CellType of(Kind kind) {
    return new CellType(kind, 1, false, Digits.NONE);
  }
}
