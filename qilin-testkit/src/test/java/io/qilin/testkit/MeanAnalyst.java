package io.qilin.testkit;

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
 * A correct analyst, from which the defective ones of the tests differ in one thing: likes a close above the mean of
 * twenty days.
 */
class MeanAnalyst implements Analyst {
  private static final int WINDOW = 20;

  @Override
  public String id() {
    return "mean";
  }

  @Override
  public String title() {
    return "Distance from the mean (均线偏离)";
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    Map<Symbol, Opinion> opinions = new TreeMap<>();
    Panel panel = snapshot.adjusted();
    for (int i = 0; i < panel.symbols().size(); i++) {
      if (speaksOf(snapshot, i)) {
        opinions.put(panel.symbols().get(i), opinion(panel, i));
      }
    }
    return opinions;
  }

  /** Whether it says anything of the instrument; a defect overrides it. */
  boolean speaksOf(MarketSnapshot snapshot, int instrument) {
    int last = snapshot.raw().days().size() - 1;
    return !Double.isNaN(snapshot.raw().value(Field.CLOSE, instrument, last));
  }

  /** The opinion of one instrument; a defect overrides it. */
  Opinion opinion(Panel panel, int instrument) {
    int last = panel.days().size() - 1;
    double sum = 0;
    int known = 0;
    for (int d = Math.max(0, last - WINDOW + 1); d <= last; d++) {
      double close = panel.value(Field.CLOSE, instrument, d);
      sum += Double.isNaN(close) ? 0 : close;
      known += Double.isNaN(close) ? 0 : 1;
    }
    double distance = known < WINDOW / 2
        ? Double.NaN
        : panel.value(Field.CLOSE, instrument, last) / (sum / known) - 1;
    double normalised = Math.max(0, Math.min(1, 0.5 + distance));
    List<ScoreComponent> components = List.of(
        new ScoreComponent("mean-20d", distance, "fraction", normalised, 0.8, "bars"),
        new ScoreComponent("news", Double.NaN, "1", Double.NaN, 0.2, "news"));
    Symbol symbol = panel.symbols().get(instrument);
    return Double.isNaN(distance)
        ? new Opinion.Abstained(id(), symbol, "too few days", 0, components, List.of(), List.of())
        : new Opinion.Scored(
            id(), symbol, 2 * normalised - 1, 0.5, 0.8, components, List.of(), List.of());
  }
}
