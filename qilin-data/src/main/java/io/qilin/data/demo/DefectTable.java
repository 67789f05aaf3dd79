package io.qilin.data.demo;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Daily bars with known defects, the same bits in every language, to hold quality engines against each other. Of each row
 * {@code r} seven draws {@code u0..u6} of SplitMix64, seed 7, from {@code 8 r} on make prices; by {@code u6} 0.1 % of rows
 * lack the close, 0.1 % the volume, 0.05 % have high and low exchanged, 0.05 % a negative open, and 0.02 % the key of the
 * row before. Every hundredth instrument ends ten days early.
 */
public final class DefectTable {
  private static final long SEED = 7;
  private static final long GAMMA = 0x9e3779b97f4a7c15L;
  private static final int EARLY = 10;

  /** {@code inst day open high low close volume vwap}; days count from 1970-01-01. */
  public static final TableSchema SCHEMA = new TableSchema(List.of(
      new TableField("inst", ColumnType.INT32),
      new TableField("day", ColumnType.DATE),
      new TableField("open", ColumnType.FLOAT64),
      new TableField("high", ColumnType.FLOAT64),
      new TableField("low", ColumnType.FLOAT64),
      new TableField("close", ColumnType.FLOAT64),
      new TableField("volume", ColumnType.FLOAT64),
      new TableField("vwap", ColumnType.FLOAT64)));

  private final int batchRows;
  private final List<TableBatch> batches = new ArrayList<>();
  private final int[] insts;
  private final int[] days;
  private final double[][] numbers;
  private int filled;
  private long row;
  private int lastInst;
  private int lastDay;

  private DefectTable(int batchRows) {
    this.batchRows = batchRows;
    this.insts = new int[batchRows];
    this.days = new int[batchRows];
    this.numbers = new double[6][batchRows];
  }

  /**
   * Makes a table; 5000 instruments and 2003 days give 10 014 500 rows.
   *
   * @param instruments at least 1
   * @param days at least 11
   * @param batchRows rows of a batch, at least 1
   * @throws QilinException INVALID_ARGUMENT for less
   */
  public static List<TableBatch> of(int instruments, int days, int batchRows) {
    if (instruments < 1 || days <= EARLY || batchRows < 1) {
      throw QilinException.invalid("a table of defects has instruments, more than " + EARLY
          + " days and rows in a batch, was asked for " + instruments + ", " + days + " and "
          + batchRows);
    }
    DefectTable table = new DefectTable(batchRows);
    for (int inst = 0; inst < instruments; inst++) {
      int end = inst % 100 == 7 ? days - EARLY : days;
      for (int day = 0; day < end; day++) {
        table.add(inst, day);
      }
    }
    table.flush();
    return table.batches;
  }

  private static double draw(long index) {
    long z = SEED + (index + 1) * GAMMA;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1p-53;
  }

  private void add(int inst, int day) {
    long from = row * 8;
    double price = 5 + 95 * draw(from);
    double open = price * (0.99 + 0.02 * draw(from + 1));
    double close = price * (0.99 + 0.02 * draw(from + 2));
    double high = Math.max(open, close) * (1 + 0.01 * draw(from + 3));
    double low = Math.min(open, close) * (1 - 0.01 * draw(from + 4));
    double volume = 1e6 * (0.5 + draw(from + 5));
    double vwap = (open + high + low + close) / 4;
    double defect = draw(from + 6);
    boolean swapped = defect >= 0.002 && defect < 0.0025;
    boolean copied = defect >= 0.003 && defect < 0.0032 && row > 0;
    insts[filled] = copied ? lastInst : inst;
    days[filled] = copied ? lastDay : day;
    double[] cells = {
      defect >= 0.0025 && defect < 0.003 ? -open : open,
      swapped ? low : high,
      swapped ? high * 1.001 : low,
      defect < 0.001 ? Double.NaN : close,
      defect >= 0.001 && defect < 0.002 ? Double.NaN : volume,
      vwap
    };
    for (int i = 0; i < cells.length; i++) {
      numbers[i][filled] = cells[i];
    }
    lastInst = inst;
    lastDay = day;
    row++;
    if (++filled == batchRows) {
      flush();
    }
  }

  private void flush() {
    if (filled > 0) {
      List<io.qilin.data.table.Column> columns = new ArrayList<>();
      columns.add(IntColumn.of(ColumnType.INT32, Arrays.copyOf(insts, filled)));
      columns.add(IntColumn.of(ColumnType.DATE, Arrays.copyOf(days, filled)));
      for (double[] cells : numbers) {
        columns.add(DoubleColumn.of(Arrays.copyOf(cells, filled)));
      }
      batches.add(new TableBatch(SCHEMA, columns));
      filled = 0;
    }
  }
}
