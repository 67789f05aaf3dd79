package io.qilin.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The factors as rows of Spark: instrument, day, factors. The same row each time, for use by one thread. */
final class FactorRows implements Iterator<InternalRow> {
  private static final int KEYS = 2;

  private final GroupDays days;
  private final Market market;
  private final boolean nulls;
  private final double[][] cells;
  private final Cells row = new Cells();
  private int groupNumber;
  private UTF8String[] instruments = {};
  private int epochDay;
  private int next;
  private int count;
  private int place;

  FactorRows(GroupDays days, Market market, int factors, boolean nulls) {
    this.days = days;
    this.market = market;
    this.nulls = nulls;
    this.cells = new double[factors][];
  }

  /** The row at hand. */
  private final class Cells extends ValueRow {
    private static final long serialVersionUID = 1L;

    @Override
    public int numFields() {
      return KEYS + cells.length;
    }

    @Override
    public boolean isNullAt(int ordinal) {
      return nulls && ordinal >= KEYS && Double.isNaN(getDouble(ordinal));
    }

    @Override
    public UTF8String getUTF8String(int ordinal) {
      return instruments[place];
    }

    @Override
    public int getInt(int ordinal) {
      return epochDay;
    }

    @Override
    public double getDouble(int ordinal) {
      return cells[ordinal - KEYS][place];
    }
  }

  @Override
  public boolean hasNext() {
    if (next < count) {
      return true;
    }
    if (!days.next()) {
      count = 0;
      next = 0;
      return false;
    }
    begin();
    return true;
  }

  private void begin() {
    if (groupNumber != days.groupNumber()) {
      groupNumber = days.groupNumber();
      Group group = days.group();
      int width = group.panel().symbols().size();
      instruments = group.panel().symbols().stream()
          .map(symbol -> UTF8String.fromString(market.spelling(symbol.toString())))
          .toArray(UTF8String[]::new);
      for (int i = 0; i < cells.length; i++) {
        cells[i] = new double[width];
      }
    }
    for (int i = 0; i < cells.length; i++) {
      days.column(i, cells[i]);
    }
    epochDay = market.epochDay(days.day());
    count = days.count();
    next = 0;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    place = days.present(next++);
    return row;
  }
}
