package io.qilin.core.adjust;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.PriceLimits;
import io.qilin.core.rules.ReferencePrice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The factors by which raw prices become comparable over time (后复权因子): anchored at the first day of each share, where the
 * factor is 1, and raised on each ex-date by (last close / exchange reference price). Between ex-dates a factor does not
 * change, and an action that becomes known later changes nothing before its ex-date. The reference price is the exchange's,
 * rounded to the tick, see {@link ReferencePrice}; a vendor that does not round differs by at most half a tick in the price.
 *
 * <p>An ex-date on which the share does not trade counts from that day on; one on which the market is closed counts from the
 * next day of the panel. Before the first known close of a share an action changes nothing. Immutable.
 */
public final class AdjustmentFactors {
  private static final int SHARE_TICK = 10;

  private final Panel raw;
  /** By instrument, from its first row on. */
  private final double[][] factors;

  private AdjustmentFactors(Panel raw, double[][] factors) {
    this.raw = raw;
    this.factors = factors;
  }

  /**
   * The factors of a panel.
   *
   * @param raw raw daily bars with {@code $close}; a close that is not positive is not known
   * @param actions of any shares, in any order; several of one share on one day are taken together
   * @throws QilinException INVALID_ARGUMENT if the prices are adjusted; DATA_NOT_FOUND without {@code $close};
   *     DATA_CONFLICT if an action is listed twice or pays out more than the share is worth
   */
  public static AdjustmentFactors of(Panel raw, Collection<CorporateAction> actions) {
    SharePrices.requireRaw(raw, "adjustment factors");
    Map<Symbol, NavigableMap<LocalDate, CorporateAction>> bySymbol = new TreeMap<>();
    List<CorporateAction> sorted = new ArrayList<>(actions);
    sorted.sort(null);
    for (int i = 0; i < sorted.size(); i++) {
      CorporateAction action = sorted.get(i);
      if (i > 0 && action.equals(sorted.get(i - 1))) {
        throw new QilinException(
            ErrorCode.DATA_CONFLICT,
            "the corporate action of " + action.symbol() + " on " + action.exDate()
                + " is listed twice; list each once");
      }
      bySymbol
          .computeIfAbsent(action.symbol(), s -> new TreeMap<>())
          .merge(action.exDate(), action, CorporateAction::plus);
    }
    PanelColumn close = raw.column(Field.CLOSE);
    double[][] factors = new double[raw.symbols().size()][];
    for (int i = 0; i < factors.length; i++) {
      Symbol symbol = raw.symbols().get(i);
      factors[i] = series(raw, i, close, bySymbol.getOrDefault(symbol, new TreeMap<>()));
    }
    return new AdjustmentFactors(raw, factors);
  }

  private static double[] series(
      Panel raw,
      int instrument,
      PanelColumn close,
      NavigableMap<LocalDate, CorporateAction> actions) {
    int first = raw.firstRow(instrument);
    double[] series = new double[Math.max(raw.endRow(instrument) - first, 0)];
    if (actions.isEmpty()) {
      Arrays.fill(series, 1);
      return series;
    }
    int tick = SharePrices.tickMills(raw.symbols().get(instrument)).orElse(SHARE_TICK);
    double factor = 1;
    BigDecimal base = BigDecimal.ZERO;
    LocalDate before = LocalDate.MIN;
    for (int row = 0; row < series.length; row++) {
      LocalDate day = raw.days().get(first + row);
      for (CorporateAction action : actions.subMap(before, false, day, true).values()) {
        if (base.signum() > 0) {
          BigDecimal reference = reference(action, base, tick);
          factor *= base.doubleValue() / reference.doubleValue();
          base = reference;
        }
      }
      before = day;
      series[row] = factor;
      double price = close.value(instrument, first + row);
      if (SharePrices.isPrice(price)) {
        base = BigDecimal.valueOf(PriceLimits.mills(price), 3);
      }
    }
    return series;
  }

  private static BigDecimal reference(CorporateAction action, BigDecimal base, int tick) {
    try {
      return new ReferencePrice(
              action.cashPerShare(),
              action.bonusRatio(),
              action.rightsRatio(),
              action.rightsPrice())
          .after(base, tick);
    } catch (QilinException e) {
      throw new QilinException(
          ErrorCode.DATA_CONFLICT,
          "the corporate action of " + action.symbol() + " on " + action.exDate() + " pays out "
              + action.cashPerShare() + " yuan of a share worth " + base
              + "; correct the action or the bars",
          e);
    }
  }

  /**
   * The factor of one share on one day: adjusted price = raw price × factor.
   *
   * @param instrument index of the share in the panel
   * @param day index of the day in the panel
   * @return a positive number; {@code NaN} outside the share's rows
   * @throws QilinException INVALID_ARGUMENT if an index is outside the panel
   */
  public double at(int instrument, int day) {
    if (instrument < 0
        || instrument >= factors.length
        || day < 0
        || day >= raw.days().size()) {
      throw QilinException.invalid("instrument " + instrument + ", day " + day
          + " is outside the panel of " + factors.length + " × " + raw.days().size());
    }
    int row = day - raw.firstRow(instrument);
    return row < 0 || row >= factors[instrument].length ? Double.NaN : factors[instrument][row];
  }

  /** The raw panel with these factors as {@code $factor}, ready for {@code withAdjustment(BACKWARD)}. */
  public Panel applied() {
    return raw.with(Field.FACTOR, this::at);
  }
}
