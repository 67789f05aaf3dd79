package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Holds Spark's values to the bits of the local engine's. */
final class Sameness {
  private Sameness() {}

  /** Counts the known values. */
  static long check(Dataset<Row> factors, FactorTable expected, Panel panel) {
    assertThat(List.of(factors.columns()).subList(2, factors.columns().length))
        .isEqualTo(expected.names());
    Set<Long> seen = new HashSet<>();
    long known = 0;
    for (Iterator<Row> rows = factors.toLocalIterator(); rows.hasNext(); ) {
      Row row = rows.next();
      int instrument = panel.indexOf(Symbol.parseAny(row.getString(0)));
      int day = panel.indexOf(row.<LocalDate>getAs(1));
      assertThat(day).isBetween(panel.firstRow(instrument), panel.endRow(instrument) - 1);
      assertThat(seen.add((long) instrument << 32 | day)).as("%s once", row).isTrue();
      for (int f = 0; f < expected.names().size(); f++) {
        double value = row.isNullAt(f + 2) ? Double.NaN : row.getDouble(f + 2);
        double local = expected.value(f, instrument, day);
        if (Double.doubleToLongBits(value) != Double.doubleToLongBits(local)) {
          assertThat(value)
              .as("%s of %s on %s", expected.names().get(f), row.get(0), row.get(1))
              .isEqualTo(local);
        }
        known += Double.isNaN(local) ? 0 : 1;
      }
    }
    long rows = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      rows += panel.endRow(i) - panel.firstRow(i);
    }
    assertThat(seen).hasSize((int) rows);
    return known;
  }
}
