package io.qilin.data.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Factors as a flat table: columns {@code datetime}, {@code instrument} and one for each factor; rows by day, then
 * instrument, for each day of an instrument's span.
 */
final class FactorFile {
  private static final String DAY = "datetime";
  private static final String INSTRUMENT = "instrument";
  private static final String ESCAPE = "factor:";
  private static final long BATCH_BYTES = 32L << 20;
  private static final int MOST_ROWS = 1 << 16;
  private static final TableLimits LIMITS = new TableLimits(
      Long.MAX_VALUE,
      Integer.MAX_VALUE,
      Integer.MAX_VALUE,
      Integer.MAX_VALUE,
      Long.MAX_VALUE,
      TableLimits.DEFAULT.compressionRatio(),
      TableLimits.DEFAULT.textBytes());

  private final TableFormat format;
  private final List<String> names;
  private final TableSchema schema;

  /**
   * The form of files of some factors.
   *
   * @throws QilinException INVALID_ARGUMENT for a name that no file can hold
   */
  FactorFile(TableFormat format, List<String> names) {
    this.format = format;
    this.names = names;
    List<TableField> fields = new ArrayList<>();
    fields.add(new TableField(DAY, ColumnType.DATE));
    fields.add(new TableField(INSTRUMENT, ColumnType.TEXT));
    names.forEach(name -> fields.add(new TableField(column(name), ColumnType.FLOAT64)));
    this.schema = new TableSchema(fields);
  }

  /** A factor may be named as one of the other columns. */
  private static String column(String name) {
    boolean taken = name.equals(DAY) || name.equals(INSTRUMENT) || name.startsWith(ESCAPE);
    return taken ? ESCAPE + name : name;
  }

  /**
   * Writes all days of a table.
   *
   * @param first index in the panel of the table's first day
   * @return how many rows there are
   */
  long write(Path file, FactorTable table, Panel panel, int first) {
    int width = table.symbols().size();
    long perRow = 8L * (names.size() + 2);
    int mostRows = (int) Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / perRow));
    int daysAtOnce = Math.max(1, mostRows / width);
    long rows = 0;
    try (TableWriter out = format.create(file, schema)) {
      for (int day = 0; day < table.days().size(); day += daysAtOnce) {
        int end = Math.min(table.days().size(), day + daysAtOnce);
        TableBatch batch = batch(table, panel, first, day, end);
        out.write(batch);
        rows += batch.rows();
      }
      out.commit();
    }
    return rows;
  }

  private TableBatch batch(FactorTable table, Panel panel, int first, int from, int end) {
    int width = table.symbols().size();
    int[] days = new int[(end - from) * width];
    int[] codes = new int[days.length];
    int count = 0;
    for (int day = from; day < end; day++) {
      for (int i = 0; i < width; i++) {
        if (isListed(panel, i, first + day)) {
          days[count] = (int) table.days().get(day).toEpochDay();
          codes[count++] = i;
        }
      }
    }
    List<Column> columns = new ArrayList<>();
    columns.add(IntColumn.of(ColumnType.DATE, Arrays.copyOf(days, count)));
    List<String> symbols =
        table.symbols().stream().map(symbol -> symbol.toString()).toList();
    columns.add(TextColumn.of(Arrays.copyOf(codes, count), symbols));
    double[] row = new double[width];
    double[] cells = new double[count];
    for (int c = 0; c < names.size(); c++) {
      int at = 0;
      for (int day = from; day < end; day++) {
        table.crossSection(c, day, row);
        for (int i = 0; i < width; i++) {
          if (isListed(panel, i, first + day)) {
            cells[at++] = row[i];
          }
        }
      }
      columns.add(DoubleColumn.of(cells));
    }
    return new TableBatch(schema, columns);
  }

  private static boolean isListed(Panel panel, int instrument, int day) {
    return day >= panel.firstRow(instrument) && day < panel.endRow(instrument);
  }

  /**
   * Reads some days into a block.
   *
   * @param block begun on days of which {@code [from, to)} are to be filled
   * @param first index in the panel of the block's first day
   * @throws QilinException DATA_FORMAT if the file does not hold exactly the rows of these days; and what the format throws
   */
  void read(Path file, FactorBlock block, Panel panel, int first, int from, int to) {
    LocalDate firstDay = panel.days().get(first + from);
    LocalDate lastDay = panel.days().get(first + to - 1);
    TableScan scan =
        TableScan.ALL.withLimits(LIMITS).where(new TableFilter.Days(DAY, firstDay, lastDay));
    Filling filling = new Filling(block, panel, first, from, to);
    try (TableReader reader = format.open(file, scan)) {
      if (!reader.schema().equals(schema)) {
        throw damaged(file, "its columns are others");
      }
      for (Optional<TableBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        if (!filling.take(batch.get())) {
          throw damaged(file, "it has rows that do not belong there");
        }
      }
    }
    if (!filling.isFull()) {
      throw damaged(file, "rows are missing");
    }
  }

  private static QilinException damaged(Path file, String what) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        QilinException.quote(String.valueOf(file.getFileName())) + ": " + what);
  }

  /** Rows on their way into a block, in the order of the file. */
  private final class Filling {
    private final FactorBlock block;
    private final Panel panel;
    private final int first;
    private final int to;
    private final int width;
    private final Map<String, Integer> places = new HashMap<>();
    private final double[][] rows;
    private final int[] targets;
    private int day;
    /** The instrument whose row comes next, or the width if the day is full. */
    private int next;

    Filling(FactorBlock block, Panel panel, int first, int from, int to) {
      this.block = block;
      this.panel = panel;
      this.first = first;
      this.day = from;
      this.to = to;
      this.width = panel.symbols().size();
      this.rows = new double[names.size()][width];
      this.targets = new int[width];
      for (int i = 0; i < width; i++) {
        places.put(panel.symbols().get(i).toString(), i);
      }
      begin();
      finishDays();
    }

    private void begin() {
      for (double[] row : rows) {
        Arrays.fill(row, Double.NaN);
      }
      next = day < to ? listed(0) : width;
    }

    /** The first instrument from one on that has a row today. */
    private int listed(int from) {
      int at = from;
      while (at < width && !isListed(panel, at, first + day)) {
        at++;
      }
      return at;
    }

    private void finishDays() {
      while (day < to && next == width) {
        for (int c = 0; c < rows.length; c++) {
          block.write(c, day, 0, rows[c], 0, width);
        }
        day++;
        begin();
      }
    }

    boolean isFull() {
      return day == to;
    }

    /** Takes rows; false if one of them is not the one that must come. */
    boolean take(TableBatch batch) {
      IntColumn days = (IntColumn) batch.columns().get(0);
      TextColumn instruments = (TextColumn) batch.columns().get(1);
      int[] symbols = instruments.words().stream()
          .mapToInt(word -> places.getOrDefault(word, -1))
          .toArray();
      int row = 0;
      while (row < batch.rows()) {
        if (day == to) {
          return false;
        }
        long today = panel.days().get(first + day).toEpochDay();
        int count = 0;
        while (row + count < batch.rows() && next < width) {
          int code = instruments.code(row + count);
          boolean fits = code >= 0
              && symbols[code] == next
              && days.isKnown(row + count)
              && days.value(row + count) == today;
          if (!fits) {
            return false;
          }
          targets[count++] = next;
          next = listed(next + 1);
        }
        copy(batch, row, count);
        row += count;
        finishDays();
      }
      return true;
    }

    private void copy(TableBatch batch, int row, int count) {
      for (int c = 0; c < rows.length; c++) {
        DoubleColumn cells = (DoubleColumn) batch.columns().get(c + 2);
        double[] to = rows[c];
        for (int k = 0; k < count; k++) {
          to[targets[k]] = cells.value(row + k);
        }
      }
    }
  }
}
