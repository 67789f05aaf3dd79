package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A daily backtest by the rules of Qlib 0.9.7, to repeat a Qlib run: its account in {@code double},
 * its cost rates, one flat limit for all boards, its lots of adjusted shares. It is not what the
 * exchange would have done; for that there is the exact mode.
 *
 * <p>Each day the rule decides with the scores of the calendar day before; without any score then,
 * nothing is traded. Sales come first and their proceeds pay for the purchases of the same day.
 * Then holdings are valued at the close, a suspended one at its old price, and have been held one
 * day longer. Prices are adjusted; a raw panel with {@code $factor} is adjusted first. A signal
 * other than a {@link ScoreTable} sees raw prices, for which an adjusted panel needs its factor.
 *
 * <p>Limits go by {@code $change}: that field, or raw close / {@code $pre_close} − 1, or else the
 * adjusted close by the one before. Lots need a factor wherever there is a close; where one is
 * missing the whole run goes without lots, as in Qlib, and a finding says so.
 *
 * <p>What Qlib skips in silence stands in {@link BacktestReport#blocked()}: shares at their limit,
 * suspended or without bars, orders smaller than a lot, and what the cash did not pay for. A
 * holding that is not sold because it has not been held long enough is the rule's own wish and is
 * not listed. A blocked purchase has {@code NaN} shares where the share has no price.
 *
 * <p>A {@code NaN} score in the signal is no score. In a Qlib signal a row with {@code NaN} ranks
 * last and is bought when there are too few others; {@link TopkDropout#select} does that.
 *
 * <p>Immutable; every run gives the same bits. Qlib's own sums go in the order of a hashed set, so
 * two runs of Qlib differ by some 1e-15 of the account.
 */
public final class QlibBacktest {
  private final Panel bars;
  private final Signal signal;
  private final TopkDropout rule;
  private final int fromDay;
  private final int toDay;
  private final double account;
  private final Field deal;
  private final QlibTerms terms;
  private final Benchmark benchmark;
  private final ProgressListener progress;
  private final Cancellation cancellation;

  private QlibBacktest(Builder builder) {
    bars = builder.bars;
    signal = builder.signal;
    rule = builder.rule;
    account = builder.account;
    deal = builder.deal;
    benchmark = builder.benchmark;
    progress = builder.progress;
    cancellation = builder.cancellation;
    terms = new QlibTerms(
        builder.openCost,
        builder.closeCost,
        builder.minCost,
        builder.impactCost,
        builder.limitThreshold,
        builder.tradeUnit);
    fromDay = place(builder.start, true);
    toDay = place(builder.end, false) + 1;
    if (fromDay >= toDay) {
      throw QilinException.invalid("there is no trading day of the data from " + builder.start
          + " to " + builder.end + "; the nearest are " + bars.days().get(toDay - 1) + " and "
          + bars.days().get(fromDay));
    }
    if (terms.impactCost() > 0 && !bars.has(Field.VOLUME)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "impactCost needs " + Field.VOLUME + "; the panel has " + bars.fields());
    }
  }

  /** Place of the first trading day from a date on, or of the last one up to it. */
  private int place(LocalDate date, boolean onwards) {
    List<LocalDate> days = bars.days();
    if (date.isBefore(days.get(0)) || date.isAfter(bars.lastDay())) {
      throw new QilinException(
          ErrorCode.DATE_OUT_OF_RANGE,
          date + " is outside the data, which runs from " + days.get(0) + " to " + bars.lastDay());
    }
    int at = Collections.binarySearch(days, date);
    return at >= 0 ? at : onwards ? -at - 1 : -at - 2;
  }

  /**
   * Starts a backtest.
   *
   * @param bars the market: {@code $close}, the deal price, and {@code $factor}, {@code $pre_close}
   *     where known
   * @param signal what the shares are ranked by, for example a {@link ScoreTable}
   * @param rule which shares to hold
   * @param start first date, a day without trading stands for the next one
   * @param end last date, a day without trading stands for the one before
   * @throws QilinException INVALID_ARGUMENT if the end is before the start
   */
  public static Builder builder(
      Panel bars, Signal signal, TopkDropout rule, LocalDate start, LocalDate end) {
    return new Builder(bars, signal, rule, start, end);
  }

  /**
   * Runs it.
   *
   * @throws QilinException CANCELLED if asked to stop; DATA_NOT_FOUND if the panel lacks a field or a
   *     benchmark, or no day of the run has scores; INVALID_ARGUMENT if the signal does not give one score a share
   */
  public BacktestReport run() {
    return new QlibRun(this).report();
  }

  Panel bars() {
    return bars;
  }

  Signal signal() {
    return signal;
  }

  TopkDropout rule() {
    return rule;
  }

  int fromDay() {
    return fromDay;
  }

  int toDay() {
    return toDay;
  }

  double account() {
    return account;
  }

  Field deal() {
    return deal;
  }

  QlibTerms terms() {
    return terms;
  }

  Benchmark benchmark() {
    return benchmark;
  }

  /** Notes that a day is done; ends the run if it was asked to. */
  void done(int day) {
    progress.progress(day - fromDay + 1L, toDay - fromDay);
    cancellation.check();
  }

  /** Every setting by name. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("start", bars.days().get(fromDay).toString());
    settings.put("end", bars.days().get(toDay - 1).toString());
    settings.put("account", Double.toString(account));
    settings.put("deal-price", deal.name());
    settings.put("open-cost", Double.toString(terms.openCost()));
    settings.put("close-cost", Double.toString(terms.closeCost()));
    settings.put("min-cost", Double.toString(terms.minCost()));
    settings.put("impact-cost", Double.toString(terms.impactCost()));
    settings.put("limit-threshold", Double.toString(terms.limitThreshold()));
    OptionalInt unit = terms.tradeUnit();
    settings.put("trade-unit", unit.isPresent() ? Integer.toString(unit.getAsInt()) : "none");
    settings.put("benchmark", benchmark.toString());
    settings.put("topk", Integer.toString(rule.topk()));
    settings.put("n-drop", Integer.toString(rule.nDrop()));
    settings.put("hold-threshold", Integer.toString(rule.holdThreshold()));
    settings.put("only-tradable", Boolean.toString(rule.onlyTradable()));
    settings.put("forbid-all-trade-at-limit", Boolean.toString(rule.forbidAllTradeAtLimit()));
    settings.put("risk-degree", Double.toString(rule.riskDegree()));
    return settings;
  }

  /** Collects the settings of a {@link QlibBacktest}. Not thread-safe. */
  public static final class Builder {
    private final Panel bars;
    private final Signal signal;
    private final TopkDropout rule;
    private final LocalDate start;
    private final LocalDate end;
    private double account = 1e8;
    private Field deal = Field.CLOSE;
    private double openCost = 0.0005;
    private double closeCost = 0.0015;
    private double minCost = 5;
    private double impactCost;
    private double limitThreshold = 0.095;
    private OptionalInt tradeUnit = OptionalInt.of(100);
    private Benchmark benchmark = Benchmark.none();
    private ProgressListener progress = ProgressListener.NONE;
    private Cancellation cancellation = new Cancellation();

    private Builder(Panel bars, Signal signal, TopkDropout rule, LocalDate start, LocalDate end) {
      this.bars = Objects.requireNonNull(bars, "bars");
      this.signal = Objects.requireNonNull(signal, "signal");
      this.rule = Objects.requireNonNull(rule, "rule");
      this.start = Objects.requireNonNull(start, "start");
      this.end = Objects.requireNonNull(end, "end");
      if (end.isBefore(start)) {
        throw QilinException.invalid("the end " + end + " is before the start " + start);
      }
    }

    /**
     * Cash at the start in yuan; 1e8 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless positive and finite
     */
    public Builder account(double yuan) {
      if (!(yuan > 0 && yuan < Double.POSITIVE_INFINITY)) {
        throw QilinException.invalid("the account must be a positive number of yuan, was " + yuan);
      }
      account = yuan;
      return this;
    }

    /** The price of trades; {@code $close} unless set. Where it is none, the close is taken. */
    public Builder dealPrice(Field field) {
      deal = Objects.requireNonNull(field, "field");
      return this;
    }

    /** Cost of a purchase as a fraction of its value; 0.0005 unless set. */
    public Builder openCost(double rate) {
      openCost = rate;
      return this;
    }

    /** Cost of a sale as a fraction of its value; 0.0015 unless set. */
    public Builder closeCost(double rate) {
      closeCost = rate;
      return this;
    }

    /** Least cost of a trade in yuan; 5 unless set. */
    public Builder minCost(double yuan) {
      minCost = yuan;
      return this;
    }

    /**
     * Market impact: so much times (value of the order / value that the market traded)² is added to
     * the cost rate; 0 unless set. Where the market's volume is not known the fraction is 1.
     */
    public Builder impactCost(double rate) {
      impactCost = rate;
      return this;
    }

    /** Change of the day from which a share counts as at its limit; 0.095 unless set. */
    public Builder limitThreshold(double fraction) {
      limitThreshold = fraction;
      return this;
    }

    /** Unadjusted shares of a lot; 100 unless set. */
    public Builder tradeUnit(int shares) {
      tradeUnit = OptionalInt.of(shares);
      return this;
    }

    /** Any fraction of a share may be bought. */
    public Builder withoutLots() {
      tradeUnit = OptionalInt.empty();
      return this;
    }

    /** What the run is compared with; nothing unless set. */
    public Builder benchmark(Benchmark with) {
      benchmark = Objects.requireNonNull(with, "benchmark");
      return this;
    }

    /** Who hears how many days are done; nobody unless set. */
    public Builder progress(ProgressListener listener) {
      progress = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** What can stop the run; nothing unless set. */
    public Builder cancellation(Cancellation how) {
      cancellation = Objects.requireNonNull(how, "how");
      return this;
    }

    /**
     * The backtest.
     *
     * @throws QilinException INVALID_ARGUMENT for a rate or unit that cannot be, or no trading day
     *     between start and end; DATE_OUT_OF_RANGE if start or end lie outside the bars;
     *     DATA_NOT_FOUND if {@code impactCost} lacks {@code $volume}
     */
    public QlibBacktest build() {
      return new QlibBacktest(this);
    }
  }
}
