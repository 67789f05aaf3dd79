package io.qilin.arrow;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Copies the rows of a panel into vectors. */
final class PanelWriter {
  private PanelWriter() {}

  static VectorSchemaRoot write(Panel panel, OpenVectors vectors) {
    int instruments = panel.symbols().size();
    int rows = 0;
    for (int i = 0; i < instruments; i++) {
      rows = Math.addExact(rows, panel.endRow(i) - panel.firstRow(i));
    }
    VarCharVector symbols = vectors.add(new VarCharVector("symbol", vectors.allocator()));
    symbols.allocateNew(10L * rows, rows);
    DateDayVector dates = vectors.add(new DateDayVector("date", vectors.allocator()));
    dates.allocateNew(rows);
    int row = 0;
    for (int i = 0; i < instruments; i++) {
      byte[] symbol = panel.symbols().get(i).toString().getBytes(StandardCharsets.UTF_8);
      for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
        symbols.setSafe(row, symbol);
        dates.set(row++, Math.toIntExact(panel.days().get(day).toEpochDay()));
      }
    }
    for (Field field : panel.fields()) {
      Float8Vector vector = vectors.add(new Float8Vector(field.name(), vectors.allocator()));
      vector.allocateNew(rows);
      fill(vector, panel, panel.column(field));
    }
    return vectors.root(rows);
  }

  private static void fill(Float8Vector vector, Panel panel, PanelColumn column) {
    int row = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
        double cell = column.value(i, day);
        if (!Double.isNaN(cell)) {
          vector.set(row, cell);
        }
        row++;
      }
    }
  }
}
