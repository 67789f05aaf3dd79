package io.qilin.data.internal.bars;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.data.internal.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of all files of one read, in the order read, column by column. Not thread-safe. */
public final class BarTable {
  private final SymbolIndex symbols;
  private final IntCells symbolOf = new IntCells();
  private final IntCells dayOf = new IntCells();
  private final IntCells lineOf = new IntCells();
  private final Map<Field, DoubleCells> columns = new TreeMap<>();
  private final List<Place> files = new ArrayList<>();
  private final List<Integer> fileStarts = new ArrayList<>();
  private int rows;

  /** An empty table. */
  public BarTable(BarProfile profile) {
    this.symbols = new SymbolIndex(profile);
  }

  /** Says that the rows to come are of another file. */
  public void beginFile(Place file) {
    files.add(file);
    fileStarts.add(rows);
  }

  /** Ends a row: it is known from now on. */
  public void endRow(int symbol, int day, long line) {
    symbolOf.set(rows, symbol);
    dayOf.set(rows, day);
    lineOf.set(rows, (int) Math.min(line, Integer.MAX_VALUE));
    rows++;
  }

  /** The column of a field, added if there is none. */
  public DoubleCells addColumn(Field field) {
    return columns.computeIfAbsent(field, f -> new DoubleCells());
  }

  /** The column of a field; null if no file has it. */
  @Nullable
  DoubleCells column(Field field) {
    return columns.get(field);
  }

  /** Takes a column out of the table. */
  DoubleCells removeColumn(Field field) {
    return Objects.requireNonNull(columns.remove(field));
  }

  Map<Field, DoubleCells> columns() {
    return columns;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The numbers of the instruments. */
  public SymbolIndex symbolIndex() {
    return symbols;
  }

  /** The instruments in the order of their numbers. */
  public List<Symbol> symbols() {
    return symbols.symbols();
  }

  int symbolNumber(int row) {
    return symbolOf.get(row);
  }

  Symbol symbol(int row) {
    return symbols.symbols().get(symbolOf.get(row));
  }

  int epochDay(int row) {
    return dayOf.get(row);
  }

  LocalDate day(int row) {
    return LocalDate.ofEpochDay(dayOf.get(row));
  }

  /** File and line of a row. */
  Place place(int row) {
    int[] starts = fileStarts.stream().mapToInt(Integer::intValue).toArray();
    int at = Arrays.binarySearch(starts, row);
    if (at >= 0) {
      while (at + 1 < starts.length && starts[at + 1] == row) {
        at++;
      }
    } else {
      at = -at - 2;
    }
    return files.get(at).line(lineOf.get(row));
  }
}
