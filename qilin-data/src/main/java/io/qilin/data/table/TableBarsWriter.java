package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import io.qilin.data.internal.bars.FieldOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes a panel as a table of daily bars: columns {@code datetime} (days), {@code instrument} (texts in Qlib's form), one
 * of numbers for each field, and {@code adjustment} (texts, the same in every row); instrument by instrument, days
 * ascending.
 */
public final class TableBarsWriter {
  private static final int BATCH = 1 << 16;

  private TableBarsWriter() {}

  /**
   * Writes every row of a panel: each instrument's days from its first to its last, also those of which nothing is known.
   * {@link TableBars} gives the panel back bit for bit when told {@link TableBars.Builder#generic}, but for days on which
   * no instrument has a row. No more than a batch of 65,536 rows is held beside the panel. Units are those of {@link
   * Panel}.
   *
   * @throws QilinException INVALID_ARGUMENT for a field named like one of the other columns; UNSUPPORTED; IO
   */
  public static void write(TableFormat format, Path target, Panel panel) {
    List<Field> fields = FieldOrder.of(panel);
    TableSchema schema = schema(fields);
    try (TableWriter out = format.create(target, schema)) {
      Rows rows = new Rows(panel, fields, schema);
      for (int i = 0; i < panel.symbols().size(); i++) {
        for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
          rows.add(i, day);
          if (rows.size == BATCH) {
            out.write(rows.batch());
          }
        }
      }
      if (rows.size > 0) {
        out.write(rows.batch());
      }
      out.commit();
    }
  }

  private static TableSchema schema(List<Field> fields) {
    List<TableField> columns = new ArrayList<>();
    columns.add(new TableField("datetime", ColumnType.DATE));
    columns.add(new TableField("instrument", ColumnType.TEXT));
    fields.forEach(field -> columns.add(new TableField(field.name(), ColumnType.FLOAT64)));
    columns.add(new TableField(BarColumns.ADJUSTMENT, ColumnType.TEXT));
    return new TableSchema(columns);
  }

  /** Collects the rows of a batch. */
  private static final class Rows {
    private final Panel panel;
    private final TableSchema schema;
    private final List<PanelColumn> cells;
    private final List<String> names;
    private final int[] instruments = new int[BATCH];
    private final int[] days = new int[BATCH];
    private int size;

    Rows(Panel panel, List<Field> fields, TableSchema schema) {
      this.panel = panel;
      this.schema = schema;
      this.cells = fields.stream().map(panel::column).toList();
      this.names = panel.symbols().stream().map(Symbol::qlib).toList();
    }

    void add(int instrument, int day) {
      instruments[size] = instrument;
      days[size++] = day;
    }

    /** The rows collected; begins anew. */
    TableBatch batch() {
      int[] epochDays = new int[size];
      int[] codes = new int[size];
      int first = instruments[0];
      for (int row = 0; row < size; row++) {
        epochDays[row] = (int) panel.days().get(days[row]).toEpochDay();
        codes[row] = instruments[row] - first;
      }
      List<Column> columns = new ArrayList<>();
      columns.add(IntColumn.of(ColumnType.DATE, epochDays));
      columns.add(TextColumn.of(codes, names.subList(first, instruments[size - 1] + 1)));
      for (PanelColumn cell : cells) {
        double[] values = new double[size];
        for (int row = 0; row < size; row++) {
          values[row] = cell.value(instruments[row], days[row]);
        }
        columns.add(DoubleColumn.of(values));
      }
      String adjustment = panel.adjustment().name();
      columns.add(TextColumn.of(new int[size], Collections.singletonList(adjustment)));
      size = 0;
      return new TableBatch(schema, columns);
    }
  }
}
