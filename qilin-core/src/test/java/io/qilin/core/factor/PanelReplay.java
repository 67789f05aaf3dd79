package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A panel pushed into a stream day by day, instruments listed and delisted where their rows begin and end. */
final class PanelReplay {
  private final Panel panel;
  private final Map<Symbol, Integer> places = new HashMap<>();
  private FactorStream stream;

  PanelReplay(FactorPlan plan, Panel panel) {
    this.panel = panel;
    List<Symbol> first = panel.symbols().stream()
        .filter(symbol -> panel.firstRow(panel.indexOf(symbol)) == 0)
        .toList();
    first.forEach(symbol -> places.put(symbol, places.size()));
    this.stream = FactorStream.builder(plan, first)
        .fields(panel.fields())
        .later(Set.copyOf(panel.symbols()))
        .build();
  }

  /** Pushes a day; to be called for each, from 0 on. */
  void push(int day) {
    for (int i = 0; i < panel.symbols().size(); i++) {
      Symbol symbol = panel.symbols().get(i);
      if (day > 0 && panel.firstRow(i) == day) {
        places.put(symbol, stream.list(symbol));
      }
      if (panel.endRow(i) == day) {
        stream.delist(symbol);
      }
    }
    CrossSection row = stream.newRow();
    places.forEach((symbol, place) -> {
      for (Field field : row.fields()) {
        row.set(field, place, panel.value(field, panel.indexOf(symbol), day));
      }
    });
    stream.push(row);
  }

  /** Goes on with the stream that another plan of the same factors restores. */
  void restore(FactorPlan other, byte[] snapshot) {
    stream = other.restore(snapshot);
  }

  Panel panel() {
    return panel;
  }

  FactorStream stream() {
    return stream;
  }

  /** The places in the stream of the instruments that were listed so far. */
  Map<Symbol, Integer> places() {
    return places;
  }

  /** The values of a factor after the last push, by place. */
  double[] values(int factor) {
    double[] values = new double[stream.symbols().size()];
    stream.copy(factor, values);
    return values;
  }
}
