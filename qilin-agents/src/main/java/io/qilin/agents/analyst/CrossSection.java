package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Ranks of one measure among all instruments of a day. */
final class CrossSection {
  /** The fewest known values among which a rank says something. */
  static final int MIN_NAMES = 5;

  private static final int GROUPS = 3;

  private CrossSection() {}

  /** The instruments of the snapshot that traded on its day, ascending. */
  static int[] traded(MarketSnapshot snapshot) {
    Panel raw = snapshot.raw();
    int last = raw.days().size() - 1;
    return IntStream.range(0, raw.symbols().size())
        .filter(i -> OwnDays.traded(raw, i, last))
        .toArray();
  }

  /** With whom an instrument is compared: 0 for A-shares, 1 for funds, 2 for everything else. */
  static int group(Symbol symbol) {
    return MarketRuleBook.boardOf(symbol)
        .map(board -> board == Board.SSE_FUND || board == Board.SZSE_FUND ? 1 : 0)
        .orElse(2);
  }

  /** With whom each of some instruments is compared, as {@link #group}. */
  static int[] groups(MarketSnapshot snapshot, int[] instruments) {
    int[] groups = new int[instruments.length];
    for (int k = 0; k < groups.length; k++) {
      groups[k] = group(snapshot.raw().symbols().get(instruments[k]));
    }
    return groups;
  }

  /** The percentile of each value within its group, as {@link #percentiles(double[], IntPredicate)}. */
  static double[] percentiles(double[] values, int[] group) {
    double[] out = new double[values.length];
    Arrays.fill(out, Double.NaN);
    for (int g = 0; g < GROUPS; g++) {
      int own = g;
      double[] percentiles = percentiles(values, k -> group[k] == own);
      for (int k = 0; k < out.length; k++) {
        out[k] = group[k] == g ? percentiles[k] : out[k];
      }
    }
    return out;
  }

  /**
   * The percentile of each value among the known values: (number below + half the number equal,
   * itself included) / number known, in (0, 1). Order does not matter. All {@code NaN} if fewer
   * than {@link #MIN_NAMES} are known.
   *
   * @param values a value that is not finite is not known
   * @param member which values take part; {@code NaN} for the others
   */
  static double[] percentiles(double[] values, IntPredicate member) {
    double[] sorted = IntStream.range(0, values.length)
        .filter(member)
        .mapToDouble(i -> values[i])
        .filter(Double::isFinite)
        .sorted()
        .toArray();
    double[] out = new double[values.length];
    Arrays.fill(out, Double.NaN);
    for (int i = 0; i < out.length; i++) {
      if (Double.isFinite(values[i]) && member.test(i)) {
        out[i] = percentile(sorted, values[i], MIN_NAMES);
      }
    }
    return out;
  }

  /**
   * The percentile of a value among sorted values that hold it.
   *
   * @param fewest {@code NaN} if there are fewer values
   */
  static double percentile(double[] sorted, double value, int fewest) {
    if (sorted.length < fewest) {
      return Double.NaN;
    }
    int below = lowerBound(sorted, value, false);
    int notAbove = lowerBound(sorted, value, true);
    return (below + 0.5 * (notAbove - below)) / sorted.length;
  }

  /** How many of some sorted values are below a value. */
  static int below(double[] sorted, double value) {
    return lowerBound(sorted, value, false);
  }

  /** How many of some sorted values are not above a value. */
  static int notAbove(double[] sorted, double value) {
    return lowerBound(sorted, value, true);
  }

  /** How many values are below the value, or not above it. */
  private static int lowerBound(double[] sorted, double value, boolean withEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean left = withEqual ? sorted[middle] <= value : sorted[middle] < value;
      low = left ? middle + 1 : low;
      high = left ? high : middle;
    }
    return low;
  }
}
