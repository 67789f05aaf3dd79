package io.qilin.data.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one column of one batch, as Arrow lays them out. Immutable and safe to share.
 *
 * <p>A column of one batch has at most 2 GB; a larger table is written in several batches.
 */
public final class ArrowColumn {
  private static final long MICROS = 1_000_000;

  private final ArrowType type;
  private final int rows;
  private final int nulls;
  /** Validity (empty if nothing is null), then for texts offsets, then values; not filled up yet. */
  private final List<byte[]> buffers;

  private ArrowColumn(ArrowType type, int rows, BitSet missing, List<byte[]> values) {
    this.type = type;
    this.rows = rows;
    this.nulls = missing.cardinality();
    List<byte[]> all = new ArrayList<>();
    all.add(nulls == 0 ? new byte[0] : validity(rows, missing));
    all.addAll(values);
    this.buffers = List.copyOf(all);
  }

  /**
   * Numbers.
   *
   * @param values {@code NaN} is written as null, infinities as they are
   */
  public static ArrowColumn doubles(double[] values) {
    byte[] cells = room(values.length, Double.BYTES);
    ByteBuffer out = littleEndian(cells);
    BitSet missing = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      boolean unknown = Double.isNaN(values[i]);
      missing.set(i, unknown);
      out.putDouble(unknown ? 0 : values[i]);
    }
    return new ArrowColumn(ArrowType.FLOAT64, values.length, missing, List.of(cells));
  }

  /** Whole numbers, all known. */
  public static ArrowColumn longs(long[] values) {
    return longs(values, new BitSet());
  }

  /**
   * Whole numbers.
   *
   * @param missing the rows that are null, whatever their value
   * @throws QilinException INVALID_ARGUMENT if a row beyond the last is missing
   */
  public static ArrowColumn longs(long[] values, BitSet missing) {
    if (missing.length() > values.length) {
      throw QilinException.invalid("row " + (missing.length() - 1) + " is said to be missing, but"
          + " the column has " + values.length + " rows");
    }
    byte[] cells = room(values.length, Long.BYTES);
    ByteBuffer out = littleEndian(cells);
    for (int i = 0; i < values.length; i++) {
      out.putLong(missing.get(i) ? 0 : values[i]);
    }
    return new ArrowColumn(ArrowType.INT64, values.length, missing, List.of(cells));
  }

  /**
   * Days.
   *
   * @param values null for a day that is not known
   * @throws QilinException LIMIT_EXCEEDED for a day that is more than 2^31 days away from 1970
   */
  public static ArrowColumn dates(List<? extends @Nullable LocalDate> values) {
    byte[] cells = room(values.size(), Integer.BYTES);
    ByteBuffer out = littleEndian(cells);
    BitSet missing = new BitSet(values.size());
    int row = 0;
    for (LocalDate value : values) {
      missing.set(row++, value == null);
      long day = value == null ? 0 : value.toEpochDay();
      if (day != (int) day) {
        throw new QilinException(ErrorCode.LIMIT_EXCEEDED, "no date32 can hold the day " + value);
      }
      out.putInt((int) day);
    }
    return new ArrowColumn(ArrowType.DATE32, row, missing, List.of(cells));
  }

  /**
   * Moments; what is finer than a microsecond is cut off.
   *
   * @param values null for a moment that is not known
   * @throws QilinException LIMIT_EXCEEDED for a moment more than 292 000 years away from 1970
   */
  public static ArrowColumn timestamps(List<? extends @Nullable Instant> values) {
    byte[] cells = room(values.size(), Long.BYTES);
    ByteBuffer out = littleEndian(cells);
    BitSet missing = new BitSet(values.size());
    int row = 0;
    for (Instant value : values) {
      missing.set(row++, value == null);
      out.putLong(value == null ? 0 : micros(value));
    }
    return new ArrowColumn(ArrowType.TIMESTAMP_MICROS, row, missing, List.of(cells));
  }

  private static long micros(Instant moment) {
    try {
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), MICROS), moment.getNano() / 1000);
    } catch (ArithmeticException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "no timestamp in microseconds can hold " + moment, e);
    }
  }

  /**
   * Texts.
   *
   * @param values null for a text that is not known; an empty one is not null
   * @throws QilinException INVALID_ARGUMENT for a text with half a surrogate pair; LIMIT_EXCEEDED if
   *     all together have more than 2 GB
   */
  public static ArrowColumn texts(List<? extends @Nullable String> values) {
    byte[] ends = room(values.size() + 1L, Integer.BYTES);
    ByteBuffer offsets = littleEndian(ends);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    BitSet missing = new BitSet(values.size());
    int row = 0;
    offsets.putInt(0);
    for (String value : values) {
      missing.set(row++, value == null);
      if (value != null) {
        byte[] bytes = encoded(encoder, value);
        requireRoom((long) out.size() + bytes.length);
        out.writeBytes(bytes);
      }
      offsets.putInt(out.size());
    }
    return new ArrowColumn(ArrowType.UTF8, row, missing, List.of(ends, out.toByteArray()));
  }

  private static byte[] encoded(CharsetEncoder encoder, String text) {
    if (!encoder.canEncode(text)) {
      throw QilinException.invalid(
          "a text with half a surrogate pair cannot be written: " + QilinException.quote(text));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] room(long rows, int width) {
    requireRoom(rows * width);
    return new byte[(int) (rows * width)];
  }

  private static ByteBuffer littleEndian(byte[] cells) {
    return ByteBuffer.wrap(cells).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireRoom(long bytes) {
    if (bytes > Integer.MAX_VALUE - 64) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a column of " + bytes + " bytes does not fit a batch; write several batches");
    }
  }

  private static byte[] validity(int rows, BitSet missing) {
    byte[] bits = new byte[(rows + 7) / 8];
    for (int i = 0; i < rows; i++) {
      if (!missing.get(i)) {
        bits[i >> 3] |= (byte) (1 << (i & 7));
      }
    }
    return bits;
  }

  /** What the cells are. */
  public ArrowType type() {
    return type;
  }

  /** How many cells there are. */
  public int rows() {
    return rows;
  }

  /** How many of them are null. */
  public int nulls() {
    return nulls;
  }

  /** Arrow's buffers of the column: read only by the writer. */
  List<byte[]> buffers() {
    return buffers;
  }
}
