package io.qilin.data.table;

import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The filters that keep every row that answers a query. */
final class BarFilters {
  /** The days that both nanoseconds since 1970 and every format can count. */
  private static final LocalDate EARLY = LocalDate.of(1678, 1, 1);

  private static final LocalDate LATE = LocalDate.of(2262, 1, 1);

  /** Bars of the Chinese exchanges are public before those of any other. */
  private static final Symbol SOONEST = new Symbol("600000", Exchange.SSE);

  private BarFilters() {}

  static List<TableFilter> of(BarQuery query, BarColumns columns) {
    List<TableFilter> filters = new ArrayList<>();
    Optional<LocalDate> last = query.lastDay(SOONEST);
    boolean bounded = query.from().isPresent() || last.isPresent();
    ColumnType type = columns.date().type();
    if (bounded && (type == ColumnType.DATE || type == ColumnType.TIMESTAMP)) {
      LocalDate from = within(query.from().orElse(EARLY));
      LocalDate to = within(last.orElse(LATE));
      filters.add(new TableFilter.Days(columns.date().name(), from, to.isBefore(from) ? from : to));
    }
    if (!query.symbols().isEmpty() && columns.instrument().isPresent()) {
      Set<String> spellings = new TreeSet<>();
      query.symbols().forEach(symbol -> spell(symbol, spellings));
      filters.add(new TableFilter.Texts(columns.instrument().get(), spellings));
    }
    return filters;
  }

  private static LocalDate within(LocalDate day) {
    return day.isBefore(EARLY) ? EARLY : day.isAfter(LATE) ? LATE : day;
  }

  /** Every way of writing an instrument that {@link Symbol#parseAny} understands. */
  private static void spell(Symbol symbol, Set<String> spellings) {
    if (symbol.exchange() == Exchange.OTHER) {
      spellings.add(symbol.code());
      spellings.add(symbol.toString());
      return;
    }
    List<String> suffixes = symbol.exchange() == Exchange.SSE
        ? List.of("SH", "SS")
        : List.of(symbol.exchange().suffix());
    for (String suffix : suffixes) {
      for (int cases = 0; cases < 4; cases++) {
        char first = suffix.charAt(0);
        char second = suffix.charAt(1);
        String letters = String.valueOf((cases & 1) == 0 ? first : Character.toLowerCase(first))
            + ((cases & 2) == 0 ? second : Character.toLowerCase(second));
        spellings.add(symbol.code() + "." + letters);
        spellings.add(letters + symbol.code());
      }
    }
  }
}
