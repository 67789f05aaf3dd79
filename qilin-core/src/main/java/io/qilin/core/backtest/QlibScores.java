package io.qilin.core.backtest;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The scores of a run at the places of its shares: those of the panel and, from a table, also
 * shares without bars, for these take a place in Qlib's lists.
 */
final class QlibScores {
  private final Panel bars;
  private final Signal signal;
  /** What a signal that is no table sees. */
  private final Optional<Panel> raw;

  private final List<Symbol> symbols;

  QlibScores(Panel bars, Signal signal) {
    this.bars = bars;
    this.signal = signal;
    TreeSet<Symbol> all = new TreeSet<>(bars.symbols());
    if (signal instanceof ScoreTable table) {
      all.addAll(table.symbols());
      raw = Optional.empty();
    } else {
      raw = Optional.of(bars.withAdjustment(Adjustment.RAW));
    }
    symbols = List.copyOf(all);
  }

  List<Symbol> symbols() {
    return symbols;
  }

  /** The scores of the day before; empty if there is no such day or no score on it. */
  Optional<double[]> before(int day) {
    return day == 0
        ? Optional.empty()
        : on(bars.days().get(day - 1)).filter(scores -> !SignalRows.allUnknown(scores));
  }

  private Optional<double[]> on(LocalDate day) {
    if (signal instanceof ScoreTable table) {
      return table.row(day).map(row -> SignalRows.spread(table.symbols(), row, symbols));
    }
    Panel history = raw.orElseThrow().until(day);
    double[] scores = Objects.requireNonNull(signal.scores(history), "the signal's scores");
    return Optional.of(
        SignalRows.spread(history.symbols(), SignalRows.checked(scores, history), symbols));
  }
}
