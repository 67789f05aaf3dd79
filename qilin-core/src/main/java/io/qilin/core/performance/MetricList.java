package io.qilin.core.performance;

import io.qilin.api.trading.Side;
import io.qilin.core.performance.Metric.Unit;
import io.qilin.core.report.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the convention beside each figure of a performance. */
final class MetricList {
  private static final double CONFIDENCE = 0.95;

  private final Performance performance;
  private final boolean compound;
  private final String year;
  private final String riskFree;
  private final List<Metric> metrics = new ArrayList<>();

  MetricList(Performance performance) {
    this.performance = performance;
    compound = performance.settings().compounding() == Compounding.COMPOUND;
    year = "D = " + performance.year().convention();
    riskFree = "f = daily rate of " + NumberText.percent(performance.settings().riskFreeRate(), 2)
        + " a year";
  }

  List<Metric> all() {
    returns();
    relative();
    performance.trading().ifPresent(this::trading);
    evidence();
    performance
        .settings()
        .bootstrap()
        .ifPresent(how -> performance.intervals().ifPresent(found -> intervals(how, found)));
    return List.copyOf(metrics);
  }

  private void returns() {
    add("days", performance.days().size(), Unit.DAYS, "days whose return r after cost is known");
    add("days left out", performance.unknownDays(), Unit.DAYS, "days whose return is not known");
    add(
        "total return",
        performance.totalReturn(),
        Unit.FRACTION,
        compound ? "Π(1 + r) − 1, gains reinvested" : "Σ r, gains not reinvested, as Qlib");
    add(
        "annual return",
        performance.annualReturn(),
        Unit.FRACTION,
        (compound ? "(1 + total)^(D/days) − 1; " : "mean(r) · D; ") + year);
    add("volatility", performance.volatility(), Unit.FRACTION, "std(r, ddof 1) · √D; " + year);
    add(
        "Sharpe ratio",
        performance.sharpe(),
        Unit.RATIO,
        "mean(r − f) / std(r − f, ddof 1) · √D; " + riskFree + "; " + year);
    add(
        "Sortino ratio",
        performance.sortino(),
        Unit.RATIO,
        "mean(r − f) / √(mean over all days of min(r − f, 0)²) · √D; " + riskFree);
    add(
        "max drawdown",
        performance.maxDrawdown(),
        Unit.FRACTION,
        compound
            ? "least of wealth / highest wealth so far − 1, the start included"
            : "least of Σ r − highest Σ r so far, from the first day on, as Qlib");
    add(
        "Calmar ratio",
        performance.calmar(),
        Unit.RATIO,
        "annual return / size of the max drawdown, whole time");
    add("hit rate, days", performance.hitRate(), Unit.FRACTION, "days with r > 0 / days");
  }

  private void relative() {
    BenchmarkFigures relative = performance.relative();
    add(
        "benchmark annual return",
        relative.annualReturn(),
        Unit.FRACTION,
        "as annual return, over the " + relative.days() + " days on which both are known");
    add(
        "active return",
        relative.activeReturn(),
        Unit.FRACTION,
        "annual return − annual return of the benchmark b, over these days");
    add("tracking error", relative.trackingError(), Unit.FRACTION, "std(r − b, ddof 1) · √D");
    add(
        "information ratio",
        relative.informationRatio(),
        Unit.RATIO,
        "mean(r − b) / std(r − b, ddof 1) · √D");
    add("beta", relative.beta(), Unit.RATIO, "cov(r, b) / var(b), daily");
    add(
        "alpha",
        relative.alpha(),
        Unit.FRACTION,
        "(mean(r − f) − beta · mean(b − f)) · D, not compounded; " + riskFree);
    add("correlation", relative.correlation(), Unit.RATIO, "Pearson's of r and b, daily");
  }

  private void trading(TradingFigures trading) {
    add(
        "turnover",
        trading.annualTurnover(),
        Unit.RATIO,
        "mean of (value of buys and sells / account before the day) · D: both sides counted");
    add(
        "mean exposure",
        trading.meanExposure(),
        Unit.FRACTION,
        "mean over days of positions / account at the close");
    add("max exposure", trading.maxExposure(), Unit.FRACTION, "largest of these");
    add("trades", trading.trades(), Unit.COUNT, "fills");
    add(
        "hit rate, trades",
        trading.tradeHitRate(),
        Unit.FRACTION,
        "sales with a profit after cost > 0 / the " + trading.closedTrades()
            + " sales whose profit is known");
    add("profit factor", trading.profitFactor(), Unit.RATIO, "Σ profits / Σ losses of these sales");
    add("total cost", trading.totalCost(), Unit.YUAN, "fees and taxes of all fills");
    add(
        "annual cost",
        trading.annualCost(),
        Unit.FRACTION,
        "mean of (cost / account before the day) · D");
    add(
        "cost share",
        trading.costShare(),
        Unit.FRACTION,
        "total cost / (final account − first account + total cost); none if that profit is not"
            + " positive");
    for (Side side : Side.values()) {
      add(
          "blocked " + side.name().toLowerCase(Locale.ROOT) + "s",
          trading.blocked(side),
          Unit.COUNT,
          "orders or parts of orders that were not filled");
    }
    trading
        .capacity()
        .ifPresent(capacity -> add(
            "capacity",
            capacity.account(),
            Unit.YUAN,
            "account at which the largest trade (" + capacity.binding().symbol() + " on "
                + capacity.binding().day() + ") would be "
                + NumberText.percent(capacity.participation(), 1)
                + " of what traded in the share that day; " + capacity.unknown()
                + " trades not judged"));
  }

  private void evidence() {
    SharpeEstimate estimate = performance.sharpeEstimate();
    DeflatedSharpe deflated = performance.deflatedSharpe();
    add("skewness", estimate.skewness(), Unit.RATIO, "m3 / m2^1.5 of daily r");
    add("kurtosis", estimate.kurtosis(), Unit.RATIO, "m4 / m2² of daily r, 3 if normal");
    add(
        "probabilistic Sharpe ratio",
        estimate.probabilityAbove(0),
        Unit.PROBABILITY,
        "chance that the true Sharpe ratio is above 0 (Bailey, López de Prado 2012)");
    add(
        "minimum track record",
        estimate.minimumPeriods(0, CONFIDENCE),
        Unit.DAYS,
        "days until a Sharpe ratio above 0 has 95% confidence");
    add(
        "trials",
        deflated.trials().trials(),
        Unit.COUNT,
        "strategies tried until this one was shown, as reported by the caller");
    add(
        "deflated Sharpe ratio",
        deflated.probability(),
        Unit.PROBABILITY,
        "chance that the true Sharpe ratio is above "
            + NumberText.fixed(deflated.expectedBest(), 4)
            + " a day, what the best of so many useless trials is expected to show (Bailey, López"
            + " de Prado 2014)");
  }

  private void intervals(StationaryBootstrap how, BootstrapIntervals intervals) {
    interval(how, "annual return", intervals.annualReturn(), Unit.FRACTION);
    interval(how, "Sharpe ratio", intervals.sharpe(), Unit.RATIO);
    interval(how, "max drawdown", intervals.maxDrawdown(), Unit.FRACTION);
  }

  private void interval(StationaryBootstrap how, String name, Interval interval, Unit unit) {
    String convention = NumberText.percent(interval.confidence(), 0)
        + " interval, stationary bootstrap (Politis, Romano 1994), " + interval.resamples()
        + " resamples, blocks of " + NumberText.fixed(how.meanBlock(), 0) + " days, seed "
        + how.seed();
    add(name + ", low", interval.low(), unit, convention);
    add(name + ", high", interval.high(), unit, convention);
  }

  private void add(String name, double value, Unit unit, String convention) {
    metrics.add(new Metric(name, value, unit, convention));
  }
}
