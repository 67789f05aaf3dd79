package io.qilin.benchmarks;

import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A table whose rows are dealt out again, and whose instruments have other numbers, spread over all of 32 bits. */
final class ScatteredTable {
  /** Odd and far from a power of two, so that neighbours go far apart. */
  private static final int STRIDE = 7_368_787;

  private static final int SPREAD = 0x9e3779b1;

  private ScatteredTable() {}

  static List<TableBatch> of(List<TableBatch> batches) {
    int rows = batches.stream().mapToInt(batch -> batch.columns().get(0).rows()).sum();
    int batchRows = batches.get(0).columns().get(0).rows();
    List<TableBatch> scattered = new ArrayList<>();
    long from = 0;
    for (TableBatch batch : batches) {
      int size = batch.columns().get(0).rows();
      List<Column> columns = new ArrayList<>();
      for (int c = 0; c < batch.columns().size(); c++) {
        columns.add(column(batches, c, from, size, rows, batchRows));
      }
      scattered.add(new TableBatch(batch.schema(), columns));
      from += size;
    }
    return scattered;
  }

  private static Column column(
      List<TableBatch> batches, int index, long from, int size, int rows, int batchRows) {
    Column first = batches.get(0).columns().get(index);
    if (first instanceof IntColumn) {
      int[] cells = new int[size];
      for (int i = 0; i < size; i++) {
        int row = (int) ((from + i) * STRIDE % rows);
        int value =
            ((IntColumn) batches.get(row / batchRows).columns().get(index)).value(row % batchRows);
        cells[i] = index == 0 ? value * SPREAD : value;
      }
      return IntColumn.of(first.type(), cells, new BitSet());
    }
    double[] cells = new double[size];
    for (int i = 0; i < size; i++) {
      int row = (int) ((from + i) * STRIDE % rows);
      cells[i] =
          ((DoubleColumn) batches.get(row / batchRows).columns().get(index)).value(row % batchRows);
    }
    return DoubleColumn.of(cells);
  }
}
