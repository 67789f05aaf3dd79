package io.qilin.examples;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The analyst of docs/analysts.md: it likes shares that hardly moved within the day. It is found by
 * its line in {@code META-INF/services/io.qilin.api.analysis.Analyst}. Immutable; safe to share.
 */
public final class CalmAnalyst implements Analyst {
  /** For {@link java.util.ServiceLoader}. */
  public CalmAnalyst() {}

  @Override
  public String id() {
    return "calm";
  }

  @Override
  public String title() {
    return "Calm (平稳)";
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    Map<Symbol, Opinion> opinions = new TreeMap<>();
    Panel bars = snapshot.raw();
    int today = bars.days().size() - 1;
    for (int i = 0; i < bars.symbols().size(); i++) {
      double range = bars.value(Field.HIGH, i, today) / bars.value(Field.LOW, i, today) - 1;
      if (bars.value(Field.VOLUME, i, today) > 0 && range >= 0) {
        opinions.put(bars.symbols().get(i), opinion(bars.symbols().get(i), range));
      }
    }
    return opinions;
  }

  private Opinion opinion(Symbol share, double range) {
    double calm = Math.max(0, 1 - range / 0.10);
    var part = new ScoreComponent("range", range, "fraction", calm, 1, "bars");
    return new Opinion.Scored(id(), share, 2 * calm - 1, 1, 1, List.of(part), List.of(), List.of());
  }
}
