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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a panel of the rows of endpoints. Used by one thread. */
final class BarAssembly {
  private static final Set<String> KEYS = Set.of("symbol", "date");

  private final BarQuery query;
  private final Instant now;
  private final List<Field> fields;
  private final RowFindings findings = new RowFindings();
  private final Map<Symbol, NavigableMap<LocalDate, double[]>> rows = new TreeMap<>();
  private long accepted;

  BarAssembly(BarQuery query, Instant now, List<RestEndpoint> endpoints) {
    this.query = query;
    this.now = now;
    this.fields = endpoints.stream()
        .flatMap(endpoint -> endpoint.columns().keySet().stream())
        .filter(name -> !KEYS.contains(name))
        .map(Field::of)
        .distinct()
        .sorted()
        .toList();
  }

  /** The columns of one endpoint, each where it goes. */
  private record Columns(
      RestColumn symbol, RestColumn date, List<RestColumn> values, List<Integer> places) {}

  private Columns columns(RestEndpoint endpoint) {
    Map<String, RestColumn> others = new LinkedHashMap<>(endpoint.columns());
    RestColumn symbol = Objects.requireNonNull(others.remove("symbol"));
    RestColumn date = Objects.requireNonNull(others.remove("date"));
    return new Columns(
        symbol,
        date,
        List.copyOf(others.values()),
        others.keySet().stream().map(name -> fields.indexOf(Field.of(name))).toList());
  }

  /**
   * Adds the rows of a table.
   *
   * @throws QilinException DATA_FORMAT with row and field
   */
  void add(RestTable table, RestEndpoint endpoint, RestSpec spec, String where) {
    CellReader cells = new CellReader(table, spec.symbols());
    cells.check(endpoint, spec, where, findings);
    Columns columns = columns(endpoint);
    int refused = 0;
    for (int r = 0; r < table.size(); r++) {
      RowPlace place = new RowPlace(where, r + 1);
      try {
        add(table.row(r), columns, cells, place);
      } catch (QilinException e) {
        if (e.code() != ErrorCode.DATA_FORMAT || refused++ >= endpoint.tolerated()) {
          throw e;
        }
        findings.refused(e);
      }
    }
  }

  private void add(@Nullable String[] row, Columns columns, CellReader cells, RowPlace place) {
    String name = cells.text(columns.symbol(), row).orElseThrow(() -> place.missing("symbol"));
    String date = cells.text(columns.date(), row).orElseThrow(() -> place.missing("date"));
    Symbol symbol = place.in("symbol", () -> cells.symbol(name));
    LocalDate day = place.in("date", () -> cells.day(date, columns.date().pattern()));
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
    double[] values = new double[fields.size()];
    Arrays.fill(values, Double.NaN);
    for (int c = 0; c < columns.values().size(); c++) {
      int field = columns.places().get(c);
      values[field] = value(columns.values().get(c), row, cells, place, fields.get(field));
    }
    double[] before = rows.computeIfAbsent(symbol, s -> new TreeMap<>()).putIfAbsent(day, values);
    if (before != null) {
      repeated(symbol, day, Arrays.equals(before, values), place);
    }
  }

  private void repeated(Symbol symbol, LocalDate day, boolean same, RowPlace place) {
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

  private static double value(
      RestColumn column, @Nullable String[] row, CellReader cells, RowPlace place, Field field) {
    Optional<String> text = cells.text(column, row);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    double value = place.in(
        field.name(), () -> CellReader.number(text.get(), column.unit()).doubleValue());
    if (Double.isInfinite(value)) {
      throw place.wrong(
          field.name(), "the number is too large, was " + QilinException.quote(text.get()));
    }
    return value;
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
      for (int f = 0; f < fields.size(); f++) {
        double[] column = new double[to - from];
        Arrays.fill(column, Double.NaN);
        for (Map.Entry<LocalDate, double[]> row : own.entrySet()) {
          column[Collections.binarySearch(all, row.getKey()) - from] = row.getValue()[f];
        }
        panel.column(symbol, fields.get(f), from, column);
      }
    });
    return new Bars(panel.build(), provenance, accepted, findings.all());
  }
}
