package io.qilin.flink;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Panels as rows, and tables as what rows must be. */
final class PanelRows {
  private PanelRows() {}

  /** The rows of a panel in an order of chance; suspended days inside are left out. */
  static List<FactorRow> shuffled(Panel panel, List<Field> fields, long seed) {
    List<FactorRow> rows = new ArrayList<>(inOrder(panel, fields, true));
    Collections.shuffle(rows, new Random(seed));
    return rows;
  }

  /** The rows of a panel, day after day. */
  static List<FactorRow> inOrder(Panel panel, List<Field> fields, boolean withoutGaps) {
    List<FactorRow> rows = new ArrayList<>();
    for (int day = 0; day < panel.days().size(); day++) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        if (day >= panel.firstRow(i) && day < panel.endRow(i)) {
          double[] values = new double[fields.size()];
          boolean known = false;
          for (int f = 0; f < values.length; f++) {
            values[f] = panel.value(fields.get(f), i, day);
            known |= !Double.isNaN(values[f]);
          }
          boolean end = day == panel.firstRow(i) || day == panel.endRow(i) - 1;
          if (known || end || !withoutGaps) {
            rows.add(FactorRow.of(panel.symbols().get(i), panel.days().get(day), values));
          }
        }
      }
    }
    return rows;
  }

  /** The same rows, as rows of moments: a day is a minute. */
  static List<FactorRow> asMoments(List<FactorRow> rows) {
    return rows.stream()
        .map(row -> FactorRow.of(row.symbol(), moment(row.day()), row.values()))
        .toList();
  }

  private static Instant moment(LocalDate day) {
    return Instant.ofEpochSecond(day.toEpochDay() * 60);
  }

  /** The ends of instruments that have fewer rows than the panel, as rows of moments. */
  static List<FactorRow> ends(Panel panel) {
    List<FactorRow> ends = new ArrayList<>();
    for (int i = 0; i < panel.symbols().size(); i++) {
      if (panel.endRow(i) < panel.days().size()) {
        ends.add(FactorRow.end(panel.symbols().get(i), moment(panel.days().get(panel.endRow(i)))));
      }
    }
    return ends;
  }

  /** How many values differ from a table's in any bit, with those that are missing. */
  static long differences(Panel panel, FactorTable table, List<FactorRow> rows, boolean moments) {
    Map<String, FactorRow> found = new HashMap<>();
    long differences = 0;
    for (FactorRow row : rows) {
      if (found.put(row.symbol() + "/" + row.time(), row) != null) {
        differences++;
      }
    }
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
        LocalDate date = panel.days().get(day);
        long time = moments ? moment(date).toEpochMilli() : date.toEpochDay();
        FactorRow row = found.remove(panel.symbols().get(i) + "/" + time);
        for (int f = 0; f < table.names().size(); f++) {
          if (row == null
              || Double.doubleToLongBits(row.value(f))
                  != Double.doubleToLongBits(table.value(f, i, day))) {
            differences++;
          }
        }
      }
    }
    return differences + found.size();
  }
}
