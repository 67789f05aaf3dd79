package io.qilin.core.performance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How far the account lay below its highest level on each day. Immutable and safe to share.
 *
 * <p>{@link Compounding#COMPOUND}: wealth over highest wealth so far − 1, where the start counts as a level, so that a loss
 * on the first day is a drawdown. {@link Compounding#SUM}: sum of returns − highest sum so far, as Qlib; the first day is the
 * first level, so that a loss on it is none.
 */
public final class DrawdownPath {
  private static final int START = -1;

  private final double[] values;
  private final List<Drawdown> episodes;

  private DrawdownPath(double[] values, List<Drawdown> episodes) {
    this.values = values;
    this.episodes = episodes;
  }

  /**
   * The path of a series; days whose return is {@code NaN} are left out.
   *
   * @param series the returns
   * @param compounding how they add up
   */
  public static DrawdownPath of(ReturnSeries series, Compounding compounding) {
    ReturnSeries known = series.known();
    double[] levels = compounding.curve(known.values());
    List<Drawdown> episodes = new ArrayList<>();
    double highest = compounding.start();
    int peak = START;
    int trough = START;
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] >= highest) {
        if (trough != START) {
          episodes.add(episode(known.days(), levels, compounding, peak, trough, i));
        }
        highest = levels[i];
        peak = i;
        trough = START;
      } else if (trough == START || levels[i] < levels[trough]) {
        trough = i;
      }
    }
    if (trough != START) {
      episodes.add(episode(known.days(), levels, compounding, peak, trough, levels.length));
    }
    return new DrawdownPath(falls(levels, compounding), List.copyOf(episodes));
  }

  /** The lowest value of the path of some returns; 0 without any fall. */
  static double deepest(double[] returns, Compounding compounding) {
    double deepest = 0;
    for (double fall : falls(compounding.curve(returns), compounding)) {
      deepest = Math.min(deepest, fall);
    }
    return deepest;
  }

  private static double[] falls(double[] levels, Compounding compounding) {
    double[] falls = new double[levels.length];
    double highest = compounding.start();
    for (int i = 0; i < falls.length; i++) {
      highest = Math.max(highest, levels[i]);
      falls[i] = levels[i] == highest ? 0 : compounding.fall(levels[i], highest);
    }
    return falls;
  }

  private static Drawdown episode(
      List<LocalDate> days,
      double[] levels,
      Compounding compounding,
      int peak,
      int trough,
      int recovery) {
    double highest = peak == START ? compounding.start() : levels[peak];
    boolean back = recovery < days.size();
    return new Drawdown(
        compounding.fall(levels[trough], highest),
        peak == START ? Optional.empty() : Optional.of(days.get(peak)),
        days.get(trough),
        back ? Optional.of(days.get(recovery)) : Optional.empty(),
        trough - peak,
        (back ? recovery : days.size() - 1) - peak);
  }

  /** One value a known day, 0 or negative. */
  public double[] values() {
    return values.clone();
  }

  /** Every fall, in the order of time; none of them overlap. */
  public List<Drawdown> episodes() {
    return episodes;
  }

  /** The deepest falls, the deepest first; of equals the earlier one. */
  public List<Drawdown> deepest(int most) {
    return episodes.stream()
        .sorted(Comparator.comparingDouble(Drawdown::depth))
        .limit(most)
        .toList();
  }
}
