package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every existing row has every field. Counts cells: the required fields {@code open high low close volume} and those of
 * {@code vwap amount factor pre_close} that the data has. A required field that is missing in more than 1 % of the rows
 * is CRITICAL, and an ERROR of each instrument that misses it so often. A day without trading is no row; an instrument
 * without any row is an ERROR.
 */
final class MissingValues extends SeriesCheck {
  private static final double CRITICAL_RATE = 0.01;

  MissingValues() {
    super("missing-value", QualityDimension.COMPLETENESS, View.AS_READ, List.of());
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    List<Field> fields = fields(panel);
    return new Judge() {
      private final Map<Field, Long> missing = new TreeMap<>();
      private long rows;

      @Override
      public void judge(Series series) {
        boolean[] exists = series.existing();
        long before = rows;
        for (boolean row : exists) {
          rows += row ? 1 : 0;
        }
        if (rows == before) {
          findings.place(
              QualitySeverity.ERROR,
              series.symbol(),
              series.day(0),
              Optional.empty(),
              Double.NaN,
              () -> "no row of the instrument holds a price or a volume");
        }
        for (Field field : fields) {
          missing.merge(field, count(series, field, exists), Long::sum);
        }
      }

      private long count(Series series, Field field, boolean[] exists) {
        double[] values = series.column(field);
        long count = 0;
        long own = 0;
        for (int row = 0; row < values.length; row++) {
          own += exists[row] ? 1 : 0;
          count += exists[row] && Double.isNaN(values[row]) ? 1 : 0;
        }
        if (count > 0 && BarFields.REQUIRED.contains(field) && panel.has(field)) {
          name(series, field, exists, values, (double) count / own);
        }
        return count;
      }

      private void name(
          Series series, Field field, boolean[] exists, double[] values, double rate) {
        QualitySeverity severity =
            rate > CRITICAL_RATE ? QualitySeverity.ERROR : QualitySeverity.WARNING;
        for (int row = 0; row < values.length; row++) {
          if (exists[row] && Double.isNaN(values[row])) {
            findings.place(
                severity,
                series.symbol(),
                series.day(row),
                Optional.of(field),
                Double.NaN,
                () -> field + " is missing");
          }
        }
      }

      @Override
      public void end() {
        findings.judged(rows * fields.size());
        missing.forEach((field, count) -> {
          findings.bad(count);
          if (count > 0) {
            double rate = (double) count / rows;
            findings.note(
                severity(field, rate), Optional.of(field), rate, message(field, count, rate));
          }
        });
      }

      private String message(Field field, long count, double rate) {
        String share = String.format(Locale.ROOT, "%.2f %%", 100 * rate);
        return panel.has(field)
            ? field + " is missing in " + count + " of " + rows + " rows (" + share + ")"
            : "the data has no " + field;
      }
    };
  }

  private static QualitySeverity severity(Field field, double rate) {
    if (BarFields.REQUIRED.contains(field)) {
      return rate > CRITICAL_RATE ? QualitySeverity.CRITICAL : QualitySeverity.ERROR;
    }
    return rate > CRITICAL_RATE ? QualitySeverity.WARNING : QualitySeverity.INFO;
  }

  /** The fields that count; also how many cells a row has for {@link AbsentRows}. */
  static List<Field> fields(Panel panel) {
    List<Field> fields = new ArrayList<>(BarFields.REQUIRED);
    BarFields.OPTIONAL.stream().filter(panel::has).forEach(fields::add);
    return fields;
  }
}
