package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.core.portfolio.Covariance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a share's score means as an expected daily return. */
@FunctionalInterface
public interface ExpectedReturns {
  /**
   * The expected daily returns.
   *
   * @param scores finite scores of the shares that were chosen, sorted by share
   * @param covariance of the daily returns of those shares
   * @return one finite number for each of the scores, 0.001 being a tenth of a percent a day
   */
  Map<Symbol, Double> of(Map<Symbol, Double> scores, Covariance covariance);

  /** The scores are expected daily returns. */
  static ExpectedReturns asScored() {
    return (scores, covariance) -> scores;
  }

  /**
   * The scores only order the shares: the expected return is ic × the share's volatility × its
   * standardised rank, which has the mean 0 and the standard deviation 1. Equal scores share the
   * mean of their ranks.
   *
   * <p>Source: R. Grinold, Alpha is volatility times IC times score, J. Portfolio Management 20
   * (1994).
   *
   * @param ic how well the ranks foretell a day's return, as a rank correlation in [-1, 1]; 0.03 is
   *     good
   * @throws QilinException INVALID_ARGUMENT for another ic
   */
  static ExpectedReturns ranked(double ic) {
    if (!(ic >= -1 && ic <= 1)) {
      throw QilinException.invalid("ic is a correlation in [-1, 1], was " + ic);
    }
    return (scores, covariance) -> {
      Map<Symbol, Double> out = new TreeMap<>();
      ranks(scores)
          .forEach((symbol, rank) -> out.put(symbol, ic * covariance.volatility(symbol) * rank));
      return out;
    };
  }

  private static Map<Symbol, Double> ranks(Map<Symbol, Double> scores) {
    List<Map.Entry<Symbol, Double>> sorted = new ArrayList<>(scores.entrySet());
    sorted.sort(Map.Entry.<Symbol, Double>comparingByValue()
        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
    Map<Symbol, Double> ranks = new TreeMap<>();
    double middle = (sorted.size() - 1) / 2.0;
    double squares = 0;
    for (int from = 0, to; from < sorted.size(); from = to) {
      to = from + 1;
      while (to < sorted.size()
          && sorted.get(to).getValue().doubleValue() == sorted.get(from).getValue()) {
        to++;
      }
      double rank = (from + to - 1) / 2.0 - middle;
      for (int i = from; i < to; i++) {
        ranks.put(sorted.get(i).getKey(), rank);
        squares += rank * rank;
      }
    }
    double deviation = Math.sqrt(squares / Math.max(1, sorted.size()));
    ranks.replaceAll((symbol, rank) -> deviation > 0 ? rank / deviation : 0.0);
    return ranks;
  }
}
