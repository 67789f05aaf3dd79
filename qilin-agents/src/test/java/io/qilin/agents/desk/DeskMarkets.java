package io.qilin.agents.desk;

import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Small markets for the tests of the desk. */
final class DeskMarkets {
  private DeskMarkets() {}

  static Bars random(int shares, int days, long seed) {
    return bars(Panels.random(shares, days, seed));
  }

  static Bars bars(Panel panel) {
    return new Bars(panel, new Provenance("test", "made", true), 0, List.of());
  }

  static Map<Symbol, SecurityTimeline> statuses(Panel panel) {
    LocalDate listed = LocalDate.of(2001, 1, 2);
    Map<Symbol, SecurityTimeline> out = new TreeMap<>();
    for (Symbol symbol : panel.symbols()) {
      out.put(
          symbol,
          SecurityTimeline.of(List.of(new SecurityStatus(
              symbol,
              listed,
              board(symbol),
              "name",
              RiskWarning.NONE,
              Optional.of(listed),
              OptionalLong.of(1_000_000_000)))));
    }
    return out;
  }

  private static Board board(Symbol symbol) {
    if (symbol.code().startsWith("688")) {
      return Board.STAR;
    }
    if (symbol.code().startsWith("300")) {
      return Board.CHINEXT;
    }
    return symbol.toString().endsWith("SZ") ? Board.SZSE_MAIN : Board.SSE_MAIN;
  }

  /**
   * The same panel as a file would hold it that ends on the day: no later days, and no empty rows
   * at an end.
   */
  static Panel truncated(Panel panel, LocalDate day) {
    int end = panel.indexOf(day) + 1;
    Panel.Builder builder = Panel.builder(panel.days().subList(0, end), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      int to = Math.min(end, panel.endRow(i));
      while (to > panel.firstRow(i) && empty(panel, i, to - 1)) {
        to--;
      }
      for (Field field : panel.fields()) {
        if (to > panel.firstRow(i)) {
          builder.column(
              panel.symbols().get(i),
              field,
              panel.firstRow(i),
              panel.values(field, i, panel.firstRow(i), to));
        }
      }
    }
    return builder.build();
  }

  private static boolean empty(Panel panel, int instrument, int day) {
    return panel.fields().stream()
        .allMatch(field -> Double.isNaN(panel.value(field, instrument, day)));
  }

  /** The same panel, built with its instruments in reverse. */
  static Panel reversed(Panel panel) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = panel.symbols().size() - 1; i >= 0; i--) {
      for (Field field : panel.fields()) {
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), panel.values(field, i));
      }
    }
    return builder.build();
  }
}
