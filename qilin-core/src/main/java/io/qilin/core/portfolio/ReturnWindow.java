package io.qilin.core.portfolio;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The daily returns of some shares over the last days of a panel, without the gaps that dividends
 * and splits leave: close / {@code $pre_close} − 1 where raw prices and the reference price are
 * there, else the change of the adjusted close since the last day on which the share traded.
 *
 * <p>A share with too few known returns, or whose price never moved, is left out and named. A day
 * without a return, such as a suspended one, counts as a deviation of 0 from the share's mean; the
 * deviations are then stretched by √(days / known), so that the variance is that of the known days.
 *
 * <p>Immutable and safe to share.
 */
public final class ReturnWindow {
  private final List<Symbol> symbols;
  private final int days;
  /** Deviations from the mean, one row a share. */
  private final double[][] deviations;

  private final double[] means;
  private final SortedMap<Symbol, String> leftOut;

  private ReturnWindow(
      List<Symbol> symbols,
      int days,
      double[][] deviations,
      double[] means,
      SortedMap<Symbol, String> leftOut) {
    this.symbols = symbols;
    this.days = days;
    this.deviations = deviations;
    this.means = means;
    this.leftOut = leftOut;
  }

  /**
   * The returns up to {@code history.lastDay()}.
   *
   * @param symbols the shares; one that the panel lacks is left out
   * @param days how many days to look at, at least 2; all there are if there are fewer
   * @param minimum how many known returns a share must have, from 2 to {@code days}
   * @throws QilinException INVALID_ARGUMENT for other numbers; DATA_NOT_FOUND if raw prices come
   *     without {@code $pre_close} and without {@code $factor}, so that an ex-date would look like a
   *     loss
   */
  public static ReturnWindow of(Panel history, Collection<Symbol> symbols, int days, int minimum) {
    if (days < 2 || minimum < 2 || minimum > days) {
      throw QilinException.invalid("a window has at least 2 days and a minimum of 2 to that many"
          + " returns, was " + days + " and " + minimum);
    }
    requireComparable(history);
    int end = history.days().size();
    int from = Math.max(0, end - days);
    List<Symbol> kept = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    SortedMap<Symbol, String> leftOut = new TreeMap<>();
    for (Symbol symbol : new TreeSet<>(symbols)) {
      Optional<Integer> at = history.find(symbol);
      double[] returns =
          at.isEmpty() ? new double[0] : returns(history, at.orElseThrow(), from, end);
      Gathered gathered = gathered(returns);
      if (gathered.known < minimum) {
        leftOut.put(
            symbol,
            gathered.known + " known returns in " + (end - from) + " days, needs " + minimum);
      } else if (!gathered.varies) {
        leftOut.put(symbol, "its price does not move");
      } else {
        kept.add(symbol);
        rows.add(gathered.deviations);
        means.add(gathered.mean);
      }
    }
    return new ReturnWindow(
        List.copyOf(kept),
        end - from,
        rows.toArray(double[][]::new),
        means.stream().mapToDouble(mean -> mean).toArray(),
        Collections.unmodifiableSortedMap(leftOut));
  }

  private static void requireComparable(Panel history) {
    boolean raw = history.adjustment() == Adjustment.RAW;
    if (raw && !history.has(Field.PRE_CLOSE) && !history.has(Field.FACTOR)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "returns of raw prices need $pre_close or $factor, as an ex-date would look like a loss;"
              + " the panel has " + history.fields());
    }
  }

  private static double[] returns(Panel history, int instrument, int from, int end) {
    boolean raw = history.adjustment() == Adjustment.RAW;
    boolean reference = raw && history.has(Field.PRE_CLOSE);
    double before = Double.NaN;
    for (int d = from - 1; d >= history.firstRow(instrument) && !(before > 0); d--) {
      before = adjusted(history, instrument, d);
    }
    double[] out = new double[end - from];
    for (int d = from; d < end; d++) {
      double close = history.value(Field.CLOSE, instrument, d);
      double base = reference ? history.value(Field.PRE_CLOSE, instrument, d) : Double.NaN;
      double now = adjusted(history, instrument, d);
      double change = base > 0 ? close / base - 1 : now / before - 1;
      boolean known = close > 0 && Double.isFinite(change);
      out[d - from] = known ? change : Double.NaN;
      before = now > 0 ? now : before;
    }
    return out;
  }

  /** The close without the gaps of ex-dates; {@code NaN} where that is not known. */
  private static double adjusted(Panel history, int instrument, int day) {
    double close = history.value(Field.CLOSE, instrument, day);
    if (history.adjustment() != Adjustment.RAW) {
      return close;
    }
    return history.has(Field.FACTOR)
        ? close * history.value(Field.FACTOR, instrument, day)
        : Double.NaN;
  }

  /** What one share's returns come to. */
  private static final class Gathered {
    private int known;
    private double mean;
    private boolean varies;
    private double[] deviations = new double[0];
  }

  private static Gathered gathered(double[] returns) {
    Gathered out = new Gathered();
    double sum = 0;
    double first = Double.NaN;
    for (double value : returns) {
      if (!Double.isNaN(value)) {
        first = out.known == 0 ? value : first;
        out.known++;
        out.varies |= value != first;
        sum += value;
      }
    }
    out.mean = sum / out.known;
    double stretch = Math.sqrt((double) returns.length / out.known);
    out.deviations = new double[returns.length];
    for (int d = 0; d < returns.length; d++) {
      out.deviations[d] = Double.isNaN(returns[d]) ? 0 : (returns[d] - out.mean) * stretch;
    }
    return out;
  }

  /** The shares with enough returns, sorted. */
  public List<Symbol> symbols() {
    return symbols;
  }

  /** How many days were looked at. */
  public int days() {
    return days;
  }

  /** The mean of the known daily returns of each share, in the order of {@link #symbols}. */
  public double[] means() {
    return means.clone();
  }

  /** The shares that were left out, with the reason. */
  public SortedMap<Symbol, String> leftOut() {
    return leftOut;
  }

  /** The deviations of the share at a place; not to be written to. */
  double[] deviations(int share) {
    return deviations[share];
  }

  /** For example {@code ReturnWindow[28 shares × 120 days, 2 left out]}. */
  @Override
  public String toString() {
    return "ReturnWindow[" + symbols.size() + " shares × " + days + " days, " + leftOut.size()
        + " left out]";
  }
}
