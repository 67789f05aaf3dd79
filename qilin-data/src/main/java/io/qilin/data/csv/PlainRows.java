package io.qilin.data.csv;

import io.qilin.data.internal.CellException;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows straight from the bytes of a file, as long as they are plain: printable ASCII without a quotation mark, as
 * many cells as the header has, and each what its column holds. A row that is not is left as it was found to the parser,
 * which knows all that may stand in a file and says what is wrong. Both give the same cells. Not thread-safe.
 */
final class PlainRows {
  private final GuardedReader in;
  private final CsvLimits limits;
  private final @Nullable CellColumn[] columns;
  private final CellColumn.@Nullable Doubles[] numbers;
  private final boolean[] texts;
  private final @Nullable CellColumn first;
  private final PlainNumber number = new PlainNumber();
  private char[] cell = new char[64];
  private int memory;

  /**
   * Begins where the reader is.
   *
   * @param columns by their places in the header; null for one that is not asked for
   * @param texts which of them keep the spaces around a cell
   */
  PlainRows(GuardedReader in, CsvLimits limits, @Nullable CellColumn[] columns, boolean[] texts) {
    this.in = in;
    this.limits = limits;
    this.columns = columns.clone();
    this.texts = texts.clone();
    this.numbers = new CellColumn.Doubles[columns.length];
    CellColumn some = null;
    for (int i = 0; i < columns.length; i++) {
      some = some == null ? columns[i] : some;
      numbers[i] = columns[i] instanceof CellColumn.Doubles doubles ? doubles : null;
    }
    this.first = some;
  }

  /**
   * Takes the next row.
   *
   * @return bytes of memory that its cells take, about; -1 if the row is not plain and was not taken
   */
  int next() {
    int end = in.plainLine();
    if (end < 0) {
      return -1;
    }
    memory = 0;
    byte[] bytes = in.bytes();
    int at = in.position();
    int last = columns.length - 1;
    int rows = first == null ? 0 : first.size();
    for (int column = 0; column <= last; column++) {
      int stop = numbers[column] == null
          ? other(column, bytes, at, end)
          : number(numbers[column], column, bytes, at, end);
      boolean fits = column == last ? stop == end : stop >= 0 && stop < end;
      if (!fits || stop - at > limits.fieldChars()) {
        takeBack(rows, column);
        return -1;
      }
      at = stop + 1;
    }
    in.passLine(end);
    return memory;
  }

  /** Forgets what a row gave so far. */
  private void takeBack(int rows, int last) {
    for (int i = 0; i <= last; i++) {
      CellColumn column = columns[i];
      if (column != null) {
        column.cut(rows);
      }
    }
  }

  private int number(CellColumn.Doubles column, int place, byte[] bytes, int at, int end) {
    if (bytes[at] == ',' || at == end) {
      memory += Double.BYTES;
      column.add(Double.NaN);
      return at;
    }
    int stop = number.read(bytes, at);
    if (stop == end || (stop >= 0 && bytes[stop] == ',')) {
      memory += Double.BYTES;
      column.add(number.value());
      return stop;
    }
    return other(place, bytes, at, end);
  }

  /** A cell that takes its characters to read; gives its end, or -1 if it does not belong there. */
  private int other(int place, byte[] bytes, int at, int end) {
    int stop = at;
    while (stop < end && bytes[stop] != ',') {
      stop++;
    }
    CellColumn column = columns[place];
    if (column == null) {
      return stop;
    }
    int length = stop - at;
    boolean spaced = length > 0 && (bytes[at] == ' ' || bytes[stop - 1] == ' ');
    if (length > limits.fieldChars() || (spaced && !texts[place])) {
      return -1;
    }
    if (length > cell.length) {
      cell = new char[Math.max(length, 2 * cell.length)];
    }
    for (int i = 0; i < length; i++) {
      cell[i] = (char) bytes[at + i];
    }
    try {
      memory += column.add(cell, 0, length, false);
    } catch (CellException e) {
      // The parser comes to the same cell and says where it stands.
      return -1;
    }
    return stop;
  }
}
