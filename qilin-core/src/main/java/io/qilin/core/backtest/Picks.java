package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.portfolio.LastPrice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The shares that a strategy chooses on one day, the best first. */
final class Picks {
  /** A share, its score ({@code NaN} without a signal) and why it was chosen. */
  record Pick(Symbol symbol, double score, String reason) {}

  private final List<Pick> picks;
  private final List<BacktestFinding> findings;

  private Picks(List<Pick> picks, List<BacktestFinding> findings) {
    this.picks = picks;
    this.findings = findings;
  }

  /** All shares of the universe that traded on the last day. */
  static Picks all(Panel history, Predicate<Symbol> universe) {
    int[] traded = traded(history, universe);
    List<Pick> picks = new ArrayList<>();
    for (int i : traded) {
      picks.add(new Pick(history.symbols().get(i), Double.NaN, "one of " + traded.length));
    }
    List<BacktestFinding> findings = traded.length > 0
        ? List.of()
        : List.of(finding(history, "empty-universe", "no share of the universe traded"));
    return new Picks(picks, findings);
  }

  /**
   * The k shares with the highest scores of those that traded on the last day; of equal scores the
   * smaller symbol. A score that is not finite counts as none.
   */
  static Picks top(Panel history, Predicate<Symbol> universe, Signal signal, int k) {
    double[] scores = signal.scores(history);
    if (scores.length != history.symbols().size()) {
      throw QilinException.invalid("a signal gives one score for each of the "
          + history.symbols().size() + " shares, gave " + scores.length + " on "
          + history.lastDay());
    }
    int[] traded = traded(history, universe);
    List<Integer> scored = IntStream.of(traded)
        .filter(i -> Double.isFinite(scores[i]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
            .thenComparing(Comparator.naturalOrder()))
        .toList();
    List<Pick> picks = new ArrayList<>();
    for (int rank = 0; rank < Math.min(k, scored.size()); rank++) {
      int i = scored.get(rank);
      picks.add(new Pick(
          history.symbols().get(i),
          scores[i],
          String.format(
              Locale.ROOT, "rank %d of %d, score %.6g", rank + 1, scored.size(), scores[i])));
    }
    return new Picks(picks, findings(history, traded.length, scored.size(), k));
  }

  private static List<BacktestFinding> findings(Panel history, int traded, int scored, int k) {
    if (traded == 0) {
      return List.of(finding(history, "empty-universe", "no share of the universe traded"));
    }
    if (scored == 0) {
      return List.of(finding(history, "no-scores", "none of " + traded + " shares has a score"));
    }
    if (scored < k) {
      return List.of(finding(
          history,
          "fewer-than-k",
          "only " + scored + " shares have a score and traded, wanted " + k
              + "; the rest stays cash"));
    }
    return List.of();
  }

  private static BacktestFinding finding(Panel history, String rule, String message) {
    return new BacktestFinding(history.lastDay(), Optional.empty(), rule, message);
  }

  private static int[] traded(Panel history, Predicate<Symbol> universe) {
    LastPrice.requireRaw(history);
    int last = history.days().size() - 1;
    return IntStream.range(0, history.symbols().size())
        .filter(i -> LastPrice.traded(history, i, last))
        .filter(i -> universe.test(history.symbols().get(i)))
        .toArray();
  }

  List<Pick> picks() {
    return picks;
  }

  List<Symbol> symbols() {
    return picks.stream().map(Pick::symbol).toList();
  }

  /** What was odd. */
  List<BacktestFinding> findings() {
    return findings;
  }
}
