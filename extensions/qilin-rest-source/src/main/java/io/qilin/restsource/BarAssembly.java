package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a panel of the rows of endpoints. Used by one thread. */
final class BarAssembly {
  private final BarQuery query;
  private final Instant now;
  private final RowFindings findings = new RowFindings();
  private final Set<Field> fields = new TreeSet<>();
  private final Map<Symbol, NavigableMap<LocalDate, Map<Field, Double>>> rows = new TreeMap<>();
  private long accepted;

  BarAssembly(BarQuery query, Instant now) {
    this.query = query;
    this.now = now;
  }

  /**
   * Adds the rows of a table.
   *
   * @throws QilinException DATA_FORMAT with row and field
   */
  void add(RestTable table, RestEndpoint endpoint, SymbolForm form, String where) {
    CellReader cells = new CellReader(table, form);
    endpoint.columns().keySet().stream()
        .filter(name -> !name.equals("symbol") && !name.equals("date"))
        .forEach(name -> fields.add(Field.of(name)));
    int refused = 0;
    for (int r = 0; r < table.size(); r++) {
      String place = where + ", row " + (r + 1);
      try {
        add(table.row(r), endpoint, cells, place);
      } catch (QilinException e) {
        if (e.code() != ErrorCode.DATA_FORMAT || refused++ >= endpoint.tolerated()) {
          throw e;
        }
        String message = String.valueOf(e.getMessage());
        findings.note(
            "row-refused",
            QualityDimension.VALIDITY,
            QualitySeverity.ERROR,
            Optional.empty(),
            Optional.empty(),
            message.substring(message.indexOf(' ') + 1) + "; the row is left out");
      }
    }
  }

  private void add(@Nullable String[] row, RestEndpoint endpoint, CellReader cells, String place) {
    String name = key(row, endpoint, "symbol", cells, place);
    Symbol symbol = placed(place, "symbol", () -> cells.symbol(name));
    LocalDate day = day(row, endpoint, cells, place);
    if (!query.accepts(symbol, day)) {
      return;
    }
    if (BarQuery.publicAt(symbol, day).isAfter(now)) {
      findings.note(
          "bar-from-the-future",
          QualityDimension.TIMELINESS,
          QualitySeverity.ERROR,
          Optional.of(symbol),
          Optional.of(day),
          place + ": the bar of " + day + " is not public at the present " + now
              + "; it is left out");
      return;
    }
    accepted++;
    Map<Field, Double> values = new TreeMap<>();
    endpoint.columns().forEach((target, column) -> {
      if (!target.equals("symbol") && !target.equals("date")) {
        values.put(Field.of(target), value(column, row, cells, place, target));
      }
    });
    Map<Field, Double> before =
        rows.computeIfAbsent(symbol, s -> new TreeMap<>()).putIfAbsent(day, values);
    if (before != null) {
      boolean same = before.equals(values);
      findings.note(
          same ? "duplicate-row" : "conflicting-row",
          QualityDimension.UNIQUENESS,
          same ? QualitySeverity.WARNING : QualitySeverity.CRITICAL,
          Optional.of(symbol),
          Optional.of(day),
          place
              + (same
                  ? ": the row repeats one above and is left out"
                  : ": the row contradicts one above for the same instrument and day; the first was kept"));
    }
  }

  private static String key(
      @Nullable String[] row, RestEndpoint endpoint, String name, CellReader cells, String place) {
    RestColumn column = endpoint.columns().get(name);
    Optional<String> text = column == null ? Optional.empty() : cells.text(column, row);
    return text.orElseThrow(() -> new QilinException(
        ErrorCode.DATA_FORMAT, place + ", field '" + name + "': the value is missing"));
  }

  private static LocalDate day(
      @Nullable String[] row, RestEndpoint endpoint, CellReader cells, String place) {
    String text = key(row, endpoint, "date", cells, place);
    RestColumn column = endpoint.columns().get("date");
    return placed(
        place,
        "date",
        () -> CellReader.day(text, column == null ? Optional.empty() : column.pattern()));
  }

  private static double value(
      RestColumn column, @Nullable String[] row, CellReader cells, String place, String name) {
    Optional<String> text = cells.text(column, row);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    double value =
        placed(place, name, () -> CellReader.number(text.get(), column.unit()).doubleValue());
    if (Double.isInfinite(value)) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          place + ", field '" + name + "': the number is too large, was "
              + QilinException.quote(text.get()));
    }
    return value;
  }

  private interface Reading<T> {
    T read();
  }

  private static <T> T placed(String place, String name, Reading<T> reading) {
    try {
      return reading.read();
    } catch (QilinException e) {
      String message = String.valueOf(e.getMessage());
      throw new QilinException(
          e.code(),
          place + ", field '" + name + "': " + message.substring(message.indexOf(' ') + 1),
          e);
    }
  }

  /**
   * The answer.
   *
   * @throws QilinException DATA_NOT_FOUND if no row answers the query; LIMIT_EXCEEDED
   */
  Bars bars(Provenance provenance) {
    if (rows.isEmpty()) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, provenance + ": no row answers the query");
    }
    Set<LocalDate> days = new TreeSet<>();
    rows.values().forEach(own -> days.addAll(own.keySet()));
    List<LocalDate> all = new ArrayList<>(days);
    Panel.Builder panel = Panel.builder(all, Adjustment.RAW);
    rows.forEach((symbol, own) -> {
      int from = Collections.binarySearch(all, own.firstKey());
      int to = Collections.binarySearch(all, own.lastKey()) + 1;
      Map<Field, double[]> columns = new LinkedHashMap<>();
      for (Field field : fields) {
        double[] column = new double[to - from];
        Arrays.fill(column, Double.NaN);
        columns.put(field, column);
      }
      own.forEach((day, values) -> {
        int at = Collections.binarySearch(all, day) - from;
        values.forEach((field, value) -> {
          double[] column = columns.get(field);
          if (column != null) {
            column[at] = value;
          }
        });
      });
      columns.forEach((field, column) -> panel.column(symbol, field, from, column));
    });
    return new Bars(panel.build(), provenance, accepted, findings.all());
  }
}
