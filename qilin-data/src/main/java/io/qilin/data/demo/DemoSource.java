package io.qilin.data.demo;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answers queries from a {@link DemoMarket} in memory. Holds nothing that needs closing. */
final class DemoSource implements MarketDataSource {
  private final DemoMarket market;

  DemoSource(DemoMarket market) {
    this.market = market;
  }

  @Override
  public Bars bars(BarQuery query) {
    Objects.requireNonNull(query, "query");
    Bars all = market.bars();
    if (query.equals(BarQuery.ALL)) {
      return all;
    }
    Panel panel = all.panel();
    int from = query.from().map(day -> firstFrom(panel.days(), day)).orElse(0);
    int to = 0;
    for (Symbol symbol : panel.symbols()) {
      to = Math.max(to, end(panel, query, symbol));
    }
    Panel.Builder cut =
        from < to ? Panel.builder(panel.days().subList(from, to), panel.adjustment()) : null;
    long rows = 0;
    for (int i = 0; cut != null && i < panel.symbols().size(); i++) {
      if (query.symbols().isEmpty() || query.symbols().contains(panel.symbols().get(i))) {
        rows += copy(panel, i, from, end(panel, query, panel.symbols().get(i)), cut);
      }
    }
    if (cut == null || rows == 0) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "nothing in the demo market answers " + query + "; it has "
              + panel.symbols().size() + " shares from " + panel.days().get(0) + " to "
              + panel.lastDay());
    }
    return new Bars(cut.build(), all.provenance(), rows, List.of());
  }

  /** Copies the rows of one share from its first to its last traded day in the span; returns how many traded. */
  private static long copy(Panel panel, int instrument, int from, int to, Panel.Builder cut) {
    int first = Math.max(from, panel.firstRow(instrument));
    int end = Math.min(to, panel.endRow(instrument));
    while (first < end && Double.isNaN(panel.value(Field.CLOSE, instrument, first))) {
      first++;
    }
    while (first < end && Double.isNaN(panel.value(Field.CLOSE, instrument, end - 1))) {
      end--;
    }
    if (first >= end) {
      return 0;
    }
    for (Field field : panel.fields()) {
      cut.column(
          panel.symbols().get(instrument),
          field,
          first - from,
          panel.values(field, instrument, first, end));
    }
    long rows = 0;
    for (int day = first; day < end; day++) {
      rows += Double.isNaN(panel.value(Field.CLOSE, instrument, day)) ? 0 : 1;
    }
    return rows;
  }

  /** Index after the last day that a share may have in the answer. */
  private static int end(Panel panel, BarQuery query, Symbol symbol) {
    return query
        .lastDay(symbol)
        .map(day -> firstAfter(panel.days(), day))
        .orElse(panel.days().size());
  }

  private static int firstAfter(List<LocalDate> days, LocalDate day) {
    int at = java.util.Collections.binarySearch(days, day);
    return at < 0 ? -at - 1 : at + 1;
  }

  private static int firstFrom(List<LocalDate> days, LocalDate day) {
    int at = java.util.Collections.binarySearch(days, day);
    return at < 0 ? -at - 1 : at;
  }

  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    return market.securities();
  }

  @Override
  public void close() {}
}
