package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * One day's decision of {@link TopkDropout}, on places in a sorted list of shares instead of names.
 *
 * <p>All places that may be asked for are few (topk + nDrop) beside the number of shares, so the
 * best are kept in order while the scores are read once, and only a count that comes near the
 * number of shares sorts them all.
 */
final class TopkChoice {
  private final double[] scores;
  private final int[] sell;
  private final int[] buy;
  private final int ranked;

  /**
   * Decides.
   *
   * @param scores one a place, {@code NaN} ranks last
   * @param listed whether a place may be bought
   * @param held places that are held, ascending
   * @param tradable whether a place can be bought and sold
   */
  TopkChoice(
      TopkDropout rule, double[] scores, IntPredicate listed, int[] held, IntPredicate tradable) {
    this.scores = scores;
    int[] last = held.clone();
    sort(last);
    int[] candidates = candidates(listed, held);
    ranked = candidates.length + held.length;
    int wanted = rule.nDrop() + rule.topk() - last.length;
    int[] today = rule.onlyTradable()
        ? first(tradable(candidates, tradable), Math.max(wanted, 1))
        : first(candidates, slice(wanted, candidates.length));
    int[] both = Arrays.copyOf(last, last.length + today.length);
    System.arraycopy(today, 0, both, last.length, today.length);
    sort(both);
    int[] marked = rule.onlyTradable()
        ? tail(tradable(both, tradable), Math.max(rule.nDrop(), 1))
        : tail(both, rule.nDrop() == 0 ? both.length : rule.nDrop());
    sell = Arrays.stream(last)
        .filter(place -> Arrays.stream(marked).anyMatch(mark -> mark == place))
        .toArray();
    buy = Arrays.copyOf(today, slice(sell.length + rule.topk() - last.length, today.length));
  }

  /** Places to sell, the best score first. */
  int[] sell() {
    return sell;
  }

  /** Places to buy, the best score first. */
  int[] buy() {
    return buy;
  }

  /** How many places were ranked: those that may be bought, and the holdings. */
  int ranked() {
    return ranked;
  }

  /** Place of a score among all, 1 for the best; equal scores share the better one. */
  int rank(int place) {
    double own = scores[place];
    int better = 0;
    if (Double.isNaN(own)) {
      for (double score : scores) {
        better += Double.isNaN(score) ? 0 : 1;
      }
    } else {
      for (double score : scores) {
        better += score > own ? 1 : 0;
      }
    }
    return better + 1;
  }

  TopkDropout.Selection selection(List<Symbol> symbols) {
    return new TopkDropout.Selection(
        Arrays.stream(sell).mapToObj(symbols::get).toList(),
        Arrays.stream(buy).mapToObj(symbols::get).toList());
  }

  /** How many of {@code size} elements Python's {@code list[:count]} takes. */
  private static int slice(int count, int size) {
    return count >= 0 ? Math.min(count, size) : Math.max(size + count, 0);
  }

  private int[] candidates(IntPredicate listed, int[] held) {
    int[] found = new int[scores.length];
    int count = 0;
    int at = 0;
    for (int place = 0; place < found.length; place++) {
      if (at < held.length && held[at] == place) {
        at++;
      } else if (listed.test(place)) {
        found[count++] = place;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static int[] tradable(int[] places, IntPredicate tradable) {
    return Arrays.stream(places).filter(tradable).toArray();
  }

  private static int[] tail(int[] places, int count) {
    return Arrays.copyOfRange(places, Math.max(places.length - count, 0), places.length);
  }

  /** The best {@code count} of ascending places, the best first. */
  private int[] first(int[] places, int count) {
    if (count == 0) {
      return new int[0];
    }
    if (count > places.length / 4) {
      int[] sorted = places.clone();
      sort(sorted);
      return Arrays.copyOf(sorted, Math.min(count, sorted.length));
    }
    int[] best = new int[count];
    int kept = 0;
    double worst = Double.NaN;
    for (int place : places) {
      if (scores[place] < worst || (kept == count && !before(place, best[count - 1]))) {
        continue;
      }
      int to = kept < count ? kept++ : count - 1;
      while (to > 0 && before(place, best[to - 1])) {
        best[to] = best[to - 1];
        to--;
      }
      best[to] = place;
      worst = kept < count ? Double.NaN : scores[best[count - 1]];
    }
    return best;
  }

  private void sort(int[] places) {
    int[] sorted = Arrays.stream(places)
        .boxed()
        .sorted((a, b) -> before(a, b) ? -1 : before(b, a) ? 1 : 0)
        .mapToInt(Integer::intValue)
        .toArray();
    System.arraycopy(sorted, 0, places, 0, places.length);
  }

  private boolean before(int a, int b) {
    double left = scores[a];
    double right = scores[b];
    if (left > right) {
      return true;
    }
    if (left < right) {
      return false;
    }
    boolean unknown = Double.isNaN(left);
    return unknown == Double.isNaN(right) ? a < b : !unknown;
  }
}
