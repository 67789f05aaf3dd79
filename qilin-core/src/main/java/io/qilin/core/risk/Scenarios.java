package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the holdings of a session would have gained or lost on each of its last days, had they been
 * held as they are now. Kept up to date by adding what a change adds; one more order costs one pass
 * over the days.
 *
 * <p>The return of a share on a day is adjusted: close × factor over that of the day before on which
 * it traded, less 1. A day on which it did not trade, or on which its close or factor is not known,
 * has the return 0, as its mark did not change; the whole change lies on the day on which it trades
 * again. Days before its first return repeat its own returns, oldest first, so that a young share is
 * as risky then as since.
 */
final class Scenarios implements ValueWatcher {
  private static final double MILLS_PER_YUAN = 1000;

  private final Panel history;
  private final int days;
  private final int least;
  private final double[] gains;
  private final double[] scratch;
  private final Map<Symbol, double[]> returns = new HashMap<>();
  private final List<Tail> tails = new ArrayList<>();
  /** Held, but with too few returns. */
  private final Map<Symbol, SessionShare> unknown = new TreeMap<>();

  Scenarios(Panel history, int days, int least) {
    this.history = history;
    this.days = days;
    this.least = least;
    this.gains = new double[Math.max(0, Math.min(days, history.days().size() - 1))];
    this.scratch = new double[gains.length];
  }

  int days() {
    return days;
  }

  int least() {
    return least;
  }

  /** The tail of as many days; made once for each measure. */
  Tail tail(ValueAtRisk measure) {
    for (Tail known : tails) {
      if (known.measure().equals(measure)) {
        return known;
      }
    }
    Tail made = measure.tail(gains.length);
    tails.add(made);
    return made;
  }

  @Override
  public void changed(SessionShare share, long deltaMills) {
    Optional<double[]> own = find(share.symbol());
    if (own.isEmpty()) {
      unknown.put(share.symbol(), share);
      return;
    }
    unknown.remove(share.symbol());
    add(gains, own.get(), deltaMills, gains);
  }

  /**
   * Gains by day in yuan with a further amount of a share, which may be 0. The array is overwritten by
   * the next call.
   *
   * @throws QilinException DATA_NOT_FOUND if the returns of a holding or of the share are not known
   */
  double[] with(Symbol symbol, long moreMills) {
    for (SessionShare share : unknown.values()) {
      if (share.held() > 0) {
        returns(share.symbol());
      }
    }
    add(gains, returns(symbol), moreMills, scratch);
    return scratch;
  }

  private static void add(double[] from, double[] returns, long mills, double[] to) {
    double yuan = mills / MILLS_PER_YUAN;
    for (int d = 0; d < to.length; d++) {
      to[d] = from[d] + yuan * returns[d];
    }
  }

  private Optional<double[]> find(Symbol symbol) {
    double[] known = returns.get(symbol);
    if (known != null) {
      return Optional.of(known);
    }
    double[] made = new double[gains.length];
    if (fill(symbol, made) < least) {
      return Optional.empty();
    }
    returns.put(symbol, made);
    return Optional.of(made);
  }

  private double[] returns(Symbol symbol) {
    double[] known = returns.get(symbol);
    return known != null
        ? known
        : find(symbol)
            .orElseThrow(() -> new QilinException(
                ErrorCode.DATA_NOT_FOUND,
                "of the last " + days + " days " + fill(symbol, new double[gains.length])
                    + " returns of " + symbol + " are known, " + least
                    + " are needed; supply a longer history with $close and $factor, or leave"
                    + " this rule out"));
  }

  /** Fills in the returns of a share and counts those that are known. */
  private int fill(Symbol symbol, double[] to) {
    Optional<Integer> found = history.find(symbol);
    if (found.isEmpty() || !history.has(Field.CLOSE) || !history.has(Field.FACTOR)) {
      return 0;
    }
    int i = found.get();
    int start = history.days().size() - to.length;
    double before = Double.NaN;
    int first = to.length;
    int known = 0;
    for (int d = history.firstRow(i); d < history.endRow(i); d++) {
      double price = adjusted(i, d);
      if (Double.isNaN(price)) {
        continue;
      }
      if (d >= start && !Double.isNaN(before)) {
        to[d - start] = price / before - 1;
        first = Math.min(first, d - start);
        known++;
      }
      before = price;
    }
    for (int d = 0; known > 0 && d < first; d++) {
      to[d] = to[first + d % (to.length - first)];
    }
    return known;
  }

  /** The adjusted close of a day of trading; {@code NaN} if there is none. */
  private double adjusted(int instrument, int day) {
    double close = history.value(Field.CLOSE, instrument, day);
    double price = close * history.value(Field.FACTOR, instrument, day);
    boolean traded = close > 0
        && !(history.has(Field.VOLUME) && history.value(Field.VOLUME, instrument, day) <= 0);
    return traded && price > 0 && price < Double.POSITIVE_INFINITY ? price : Double.NaN;
  }
}
