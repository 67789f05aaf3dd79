package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.data.internal.CellException;
import io.qilin.data.internal.DateCell;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.BarProfile;
import io.qilin.data.internal.bars.BarTable;
import io.qilin.data.internal.bars.DoubleCells;
import io.qilin.data.internal.bars.FileName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Puts the batches of one file into the rows of a read. */
final class BatchRows {
  private static final int MOST_ROWS = 50_000_000;
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;
  private static final long MOST_EXACT = 1L << 53;
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final int NOT_LOOKED_UP = -1;

  private final BarTable table;
  private final BarProfile profile;
  private final BarColumns columns;
  private final FileName name;
  private final Place place;
  private long before;

  BatchRows(BarTable table, BarProfile profile, BarColumns columns, FileName name, Place place) {
    this.table = table;
    this.profile = profile;
    this.columns = columns;
    this.name = name;
    this.place = place;
  }

  /** Adds all rows of a batch. */
  void add(TableBatch batch) {
    int rows = batch.rows();
    int first = table.rows();
    if (rows > MOST_ROWS - first) {
      throw place.tooLarge("there are more than " + MOST_ROWS + " rows");
    }
    for (Map.Entry<String, Field> entry : columns.fields().entrySet()) {
      numbers(
          batch.column(entry.getKey()), entry.getKey(), table.addColumn(entry.getValue()), first);
    }
    int[] days = days(batch.column(columns.date().name()));
    int[] instruments = instruments(batch, rows);
    for (int row = 0; row < rows; row++) {
      table.endRow(instruments[row], days[row], before + row + 1);
    }
    before += rows;
  }

  private QilinException bad(int row, String column, String what) {
    return place.line(before + row + 1).column(column).malformed(what);
  }

  private void numbers(Column column, String header, DoubleCells cells, int first) {
    for (int row = 0; row < column.rows(); row++) {
      if (column.isKnown(row)) {
        cells.set(first + row, number(column, header, row));
      }
    }
  }

  private double number(Column column, String header, int row) {
    if (column instanceof DoubleColumn doubles) {
      double value = doubles.value(row);
      if (Double.isInfinite(value) && !profile.infinities()) {
        throw bad(row, header, "an infinite value; leave the cell empty if it is not known");
      }
      return value;
    }
    if (column instanceof LongColumn longs) {
      long value = longs.value(row);
      if (value > MOST_EXACT || value < -MOST_EXACT) {
        throw bad(row, header, value + " is a whole number that no double holds exactly");
      }
      return value;
    }
    if (column instanceof IntColumn ints) {
      return ints.value(row);
    }
    return column instanceof BooleanColumn flags && flags.value(row) ? 1 : 0;
  }

  private int[] instruments(TableBatch batch, int rows) {
    int[] numbers = new int[rows];
    if (columns.instrument().isEmpty()) {
      Arrays.fill(numbers, table.symbolIndex().number(name.symbol().orElseThrow()));
      return numbers;
    }
    String header = columns.instrument().get();
    TextColumn texts = (TextColumn) batch.column(header);
    int[] known = new int[texts.words().size()];
    Arrays.fill(known, NOT_LOOKED_UP);
    for (int row = 0; row < rows; row++) {
      int code = texts.code(row);
      if (code == TextColumn.UNKNOWN) {
        throw bad(row, header, "the instrument is missing");
      }
      if (known[code] == NOT_LOOKED_UP) {
        known[code] = instrument(texts.words().get(code), row, header);
      }
      numbers[row] = known[code];
    }
    return numbers;
  }

  private int instrument(String text, int row, String header) {
    try {
      int number = table.symbolIndex().number(text.toCharArray(), 0, text.length());
      Symbol symbol = table.symbols().get(number);
      if (name.certain() && !name.symbol().equals(Optional.of(symbol))) {
        throw new CellException("not the instrument that the file's name tells");
      }
      return number;
    } catch (CellException e) {
      throw bad(row, header, QilinException.quote(text) + " is " + e.reason());
    }
  }

  private int[] days(Column column) {
    String header = columns.date().name();
    int[] days = new int[column.rows()];
    int last = 0;
    int lastCode = TextColumn.UNKNOWN;
    for (int row = 0; row < days.length; row++) {
      if (!column.isKnown(row)) {
        throw bad(row, header, "the day is missing");
      }
      if (column instanceof TextColumn texts) {
        int code = texts.code(row);
        last = code == lastCode ? last : parsed(texts.words().get(code), row, header);
        lastCode = code;
        days[row] = last;
      } else {
        days[row] = day(column, row, header);
      }
    }
    return days;
  }

  private int day(Column column, int row, String header) {
    if (column instanceof IntColumn ints && column.type() == ColumnType.DATE) {
      int day = ints.value(row);
      if (day < FIRST_DAY || day > LAST_DAY) {
        throw bad(row, header, "day " + day + " since 1970 is not of the years 1 to 9999");
      }
      return day;
    }
    if (column instanceof LongColumn longs && column.type() == ColumnType.TIMESTAMP) {
      return midnight(longs.value(row), row, header);
    }
    long value =
        column instanceof LongColumn longs ? longs.value(row) : ((IntColumn) column).value(row);
    return parsed(Long.toString(value), row, header);
  }

  private int midnight(long nanos, int row, String header) {
    long seconds = Math.floorDiv(nanos, 1_000_000_000L);
    long ahead = SHANGHAI.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    boolean inUtc = Math.floorMod(nanos, NANOS_OF_DAY) == 0;
    boolean inShanghai =
        Math.floorMod(nanos, 1_000_000_000L) == 0 && Math.floorMod(seconds + ahead, 86_400L) == 0;
    if (!inUtc && !inShanghai) {
      throw bad(
          row,
          header,
          Instant.ofEpochSecond(seconds) + " is a time of day; this reader takes"
              + " daily bars, one row an instrument and day, at midnight in Shanghai or UTC");
    }
    return (int) Math.floorDiv(seconds + ahead, 86_400L);
  }

  private int parsed(String text, int row, String header) {
    try {
      return DateCell.parse(text.toCharArray(), 0, text.length());
    } catch (CellException e) {
      throw bad(row, header, QilinException.quote(text) + " is " + e.reason());
    }
  }
}
