package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.Arrays;
import java.util.List;

/** Checks and rearranges the scores of one day. */
final class SignalRows {
  private SignalRows() {}

  /**
   * The scores as they are.
   *
   * @throws QilinException INVALID_ARGUMENT unless there is one score a share
   */
  static double[] checked(double[] scores, Panel history) {
    if (scores.length != history.symbols().size()) {
      throw QilinException.invalid("the signal gave " + scores.length + " scores on "
          + history.lastDay() + ", but the history has " + history.symbols().size()
          + " shares; give one score a share, NaN where there is none");
    }
    return scores;
  }

  static boolean allUnknown(double[] scores) {
    for (double score : scores) {
      if (!Double.isNaN(score)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The scores at the places of other shares; {@code NaN} where there is none.
   *
   * @param from the shares of the scores, ascending
   * @param to the shares wanted, ascending
   */
  static double[] spread(List<Symbol> from, double[] scores, List<Symbol> to) {
    double[] out = new double[to.size()];
    Arrays.fill(out, Double.NaN);
    int at = 0;
    for (int i = 0; i < out.length; i++) {
      while (at < scores.length && from.get(at).compareTo(to.get(i)) < 0) {
        at++;
      }
      if (at < scores.length && from.get(at).equals(to.get(i))) {
        out[i] = scores[at];
      }
    }
    return out;
  }
}
