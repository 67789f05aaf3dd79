package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A good source of one panel. */
final class PanelSource implements MarketDataSource {
  private final String name;
  private final Panel panel;
  private final List<? extends MarketRecord> rows;

  PanelSource(String name, Panel panel, List<? extends MarketRecord> rows) {
    this.name = name;
    this.panel = panel;
    this.rows = rows;
  }

  PanelSource(String name, Panel panel) {
    this(name, panel, List.of());
  }

  /** Five shares over twenty days, complete. */
  static PanelSource of(String name) {
    return new PanelSource(name, Panels.random(3, 20, 0, 7));
  }

  @Override
  public Bars bars(BarQuery query) {
    List<LocalDate> days = panel.days().stream()
        .filter(day -> panel.symbols().stream().anyMatch(s -> query.accepts(s, day)))
        .toList();
    if (days.isEmpty()) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "nothing answers " + query);
    }
    Panel.Builder builder = Panel.builder(days, panel.adjustment());
    int start = panel.indexOf(days.get(0));
    for (int i = 0; i < panel.symbols().size(); i++) {
      int from = Math.max(start, panel.firstRow(i));
      int to = Math.min(start + days.size(), panel.endRow(i));
      if (query.accepts(panel.symbols().get(i), days.get(0)) && from < to) {
        for (Field field : panel.fields()) {
          builder.column(
              panel.symbols().get(i), field, from - start, panel.values(field, i, from, to));
        }
      }
    }
    return new Bars(builder.build(), new Provenance(name, "panel", true), days.size(), List.of());
  }

  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    Map<Symbol, SecurityTimeline> all = new TreeMap<>();
    for (Symbol symbol : panel.symbols()) {
      all.put(
          symbol,
          SecurityTimeline.of(List.of(
              new SecurityStatus(
                  symbol,
                  LocalDate.of(2020, 1, 2),
                  Board.SSE_MAIN,
                  "浦发 " + name,
                  RiskWarning.NONE,
                  Optional.of(LocalDate.of(2019, 1, 2)),
                  OptionalLong.empty()),
              new SecurityStatus(
                  symbol,
                  LocalDate.of(2021, 1, 4),
                  Board.SSE_MAIN,
                  "ST",
                  RiskWarning.ST,
                  Optional.empty(),
                  OptionalLong.of(5)))));
    }
    return all;
  }

  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    List<R> found = rows.stream().map(query.type()::cast).filter(query::accepts).toList();
    return new Records<>(found, new Provenance(name, "list", true), List.of());
  }

  @Override
  public void close() {}
}
