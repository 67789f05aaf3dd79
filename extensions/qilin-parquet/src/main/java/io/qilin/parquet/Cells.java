package io.qilin.parquet;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import java.util.BitSet;
import org.apache.parquet.format.Encoding;

/** The cells of one column of one row group, filled page by page. */
abstract sealed class Cells
    permits BooleanCells, IntCells, LongCells, DoubleCells, ByteNumberCells, TextCells {
  private final Place place;

  Cells(Place place) {
    this.place = place;
  }

  /**
   * Room for the cells of a column.
   *
   * @param rows rows of the group
   */
  static Cells of(Leaf leaf, int rows, Budget budget, int textBytes, Place place) {
    Meaning meaning = leaf.meaning().orElseThrow();
    budget.take((long) rows * leaf.memory(), place);
    return switch (leaf.type()) {
      case BOOLEAN -> new BooleanCells(rows, place);
      case INT32 -> new IntCells(rows, meaning, place);
      case INT64, INT96 -> new LongCells(rows, leaf.type(), meaning, place);
      case FLOAT, DOUBLE -> new DoubleCells(rows, leaf.type(), place);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
        meaning.type() == ColumnType.FLOAT64
            ? new ByteNumberCells(rows, leaf.width(), meaning, budget, place)
            : new TextCells(rows, leaf.width(), new WordTable(budget, textBytes), budget, place);
    };
  }

  final Place place() {
    return place;
  }

  /** Reads the words that later pages refer to by their numbers. */
  abstract void dictionary(Bytes page, int count);

  /** How many words there are. */
  abstract int words();

  /** Puts cells by the numbers of words, which are all below {@link #words}. */
  abstract void look(int[] codes, int from, int count);

  /**
   * Reads cells that stand one after the other.
   *
   * @throws QilinException UNSUPPORTED for an encoding that the type does not have
   */
  abstract void read(Encoding encoding, Bytes page, int from, int count);

  /** Moves a cell to another row. */
  abstract void move(int from, int to);

  /**
   * The column.
   *
   * @param missing rows without a value, whatever their cell
   */
  abstract Column column(BitSet missing);

  /** The error for a cell that its column cannot hold: no day has a time that is outside of it, moments may lie far away. */
  final QilinException refuse(Meaning meaning, OutsideColumn e) {
    return meaning.type() == ColumnType.TIME
        ? place.malformed(String.valueOf(e.getMessage()), e)
        : beyond(e);
  }

  /** The error for a cell that is well formed, but that no column holds. */
  final QilinException beyond(OutsideColumn e) {
    return place.error(
        ErrorCode.UNSUPPORTED,
        e.getMessage() + "; choose other columns in the scan, or write it as a text or a number",
        e);
  }

  final QilinException refuse(Encoding encoding) {
    return place.unsupported("the encoding " + encoding + " is not read for this type; write the"
        + " file with another, such as PLAIN");
  }

  /** The numbers behind a byte stream split: the first bytes of all, then the second bytes of all, and so on. */
  static long split(byte[] array, int from, int count, int width, int i) {
    long value = 0;
    for (int b = 0; b < width; b++) {
      value |= (array[from + b * count + i] & 0xffL) << (8 * b);
    }
    return value;
  }
}
