package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an account was worth. {@link #metrics} gives every figure with the convention by which it was computed; the other
 * methods give the same figures typed, and the series and tables for charts. Immutable and safe to share.
 *
 * <p>Days whose return is {@code NaN} are left out of every figure and counted in {@link #unknownDays}; what is left closes
 * up. A figure that is not defined is {@code NaN}: the Sharpe ratio of returns that do not vary (also if all are zero), the
 * Sortino ratio without a loss, the Calmar ratio without a drawdown, everything about a benchmark without one. A single day
 * has a return and no volatility. With {@link Compounding#COMPOUND} an account that lost everything stays at −1.
 */
public final class Performance {
  private final PerformanceSettings settings;
  private final ReturnSeries returns;
  private final ReturnSeries benchmark;
  private final int unknownDays;
  private final YearLength.Days year;
  private final double riskFree;
  private final ReturnFigures figures;
  private final BenchmarkFigures relative;
  private final SharpeEstimate estimate;
  private final DrawdownPath drawdowns;
  private final Optional<TradingFigures> trading;
  private final Optional<BootstrapIntervals> intervals;
  private final List<WorstDay> worstDays;
  private final double[] exposure;
  private final double[] turnover;

  private Performance(
      ReturnSeries all,
      ReturnSeries benchmarkReturns,
      PerformanceSettings settings,
      Optional<BacktestReport> report) {
    this.settings = settings;
    returns = all.known();
    check(returns, settings.compounding());
    benchmark = benchmarkReturns.alignedTo(returns.days());
    unknownDays = all.size() - returns.size();
    year = settings.year().of(returns.days());
    riskFree = settings.compounding().perDay(settings.riskFreeRate(), year.days());
    double[] values = returns.values();
    Compounding compounding = settings.compounding();
    figures = ReturnFigures.of(values, compounding, year.days(), riskFree);
    relative = BenchmarkFigures.of(values, benchmark.values(), compounding, year.days(), riskFree);
    estimate = SharpeEstimate.of(Moments.of(ReturnFigures.less(values, riskFree)));
    drawdowns = DrawdownPath.of(returns, compounding);
    trading = report.map(run -> TradingFigures.of(run, settings, year.days()));
    intervals = settings
        .bootstrap()
        .map(how -> BootstrapIntervals.of(returns, how, compounding, year.days(), riskFree));
    worstDays = report
        .map(run -> WorstDay.of(returns, benchmark, run, settings.worstDays()))
        .orElseGet(
            () -> WorstDay.of(returns, benchmark, List.of(), List.of(), settings.worstDays()));
    List<BacktestDay> rows = report
        .map(run ->
            run.days().stream().filter(day -> !Double.isNaN(day.netReturn())).toList())
        .orElse(List.of());
    exposure = rows.stream().mapToDouble(TradingFigures::exposure).toArray();
    turnover = rows.stream().mapToDouble(BacktestDay::turnover).toArray();
  }

  /**
   * The performance of a backtest after cost, beside its benchmark.
   *
   * @throws QilinException INVALID_ARGUMENT as {@link #of(ReturnSeries, ReturnSeries, PerformanceSettings)}
   */
  public static Performance of(BacktestReport report, PerformanceSettings settings) {
    return new Performance(
        ReturnSeries.net(report), ReturnSeries.benchmark(report), settings, Optional.of(report));
  }

  /**
   * The performance of returns.
   *
   * @param returns of the account
   * @param benchmark days that it lacks are not known; {@link ReturnSeries#EMPTY} for none
   * @throws QilinException INVALID_ARGUMENT if no return is known, or with {@link Compounding#COMPOUND} for a return below
   *     −1
   */
  public static Performance of(
      ReturnSeries returns, ReturnSeries benchmark, PerformanceSettings settings) {
    return new Performance(returns, benchmark, settings, Optional.empty());
  }

  private static void check(ReturnSeries returns, Compounding compounding) {
    if (returns.size() == 0) {
      throw QilinException.invalid(
          "a performance needs at least one day whose return is known; all are NaN or there is none");
    }
    for (int i = 0; i < returns.size() && compounding == Compounding.COMPOUND; i++) {
      if (returns.value(i) < -1) {
        throw QilinException.invalid("the return of " + returns.days().get(i) + " is "
            + returns.value(i) + ", a loss of more than everything cannot be compounded;"
            + " use Compounding.SUM");
      }
    }
  }

  /** Every figure with its convention, in the order of the reports. */
  public List<Metric> metrics() {
    return new MetricList(this).all();
  }

  /** The conventions. */
  public PerformanceSettings settings() {
    return settings;
  }

  /** Trading days of a year, and why. */
  public YearLength.Days year() {
    return year;
  }

  /** The returns that are known. */
  public ReturnSeries returns() {
    return returns;
  }

  /** The benchmark on the same days; {@code NaN} where not known. */
  public ReturnSeries benchmark() {
    return benchmark;
  }

  /** Days that were left out, as their return is not known. */
  public int unknownDays() {
    return unknownDays;
  }

  /** Return of the whole time. */
  public double totalReturn() {
    return figures.total();
  }

  /** Return of a year. */
  public double annualReturn() {
    return figures.annual();
  }

  /** Standard deviation a year. */
  public double volatility() {
    return figures.volatility();
  }

  /** Sharpe ratio a year. */
  public double sharpe() {
    return figures.sharpe();
  }

  /** Sortino ratio a year. */
  public double sortino() {
    return figures.sortino();
  }

  /** Calmar ratio. */
  public double calmar() {
    return figures.calmar();
  }

  /** The deepest fall: 0 or negative. */
  public double maxDrawdown() {
    return figures.maxDrawdown();
  }

  /** The deepest fall with its dates; empty if there was none. */
  public Optional<Drawdown> deepestDrawdown() {
    return drawdowns.deepest(1).stream().findFirst();
  }

  /** Part of the days with a gain. */
  public double hitRate() {
    return figures.hitRate();
  }

  /** The account beside its benchmark. */
  public BenchmarkFigures relative() {
    return relative;
  }

  /** What trading did and cost; empty if only returns were given. */
  public Optional<TradingFigures> trading() {
    return trading;
  }

  /** The Sharpe ratio per day and how sure it is. */
  public SharpeEstimate sharpeEstimate() {
    return estimate;
  }

  /** The Sharpe ratio corrected for the trials of the settings. */
  public DeflatedSharpe deflatedSharpe() {
    return DeflatedSharpe.of(estimate, settings.trials());
  }

  /** Bootstrap intervals; empty unless the settings ask for them. */
  public Optional<BootstrapIntervals> intervals() {
    return intervals;
  }

  /** One row a year. */
  public List<PeriodReturn> years() {
    return PeriodReturn.of(
        returns, benchmark, settings.compounding(), day -> Integer.toString(day.getYear()));
  }

  /** One row a month. */
  public List<PeriodReturn> months() {
    return PeriodReturn.of(
        returns, benchmark, settings.compounding(), day -> YearMonth.from(day).toString());
  }

  /** The days with the largest losses, the worst first. */
  public List<WorstDay> worstDays() {
    return worstDays;
  }

  /** The falls of the account. */
  public DrawdownPath drawdowns() {
    return drawdowns;
  }

  /** The days of all series below, ascending. */
  public List<LocalDate> days() {
    return returns.days();
  }

  /** The return since the start at the end of each day. */
  public double[] equity() {
    return settings.compounding().curve(returns.values());
  }

  /** The benchmark's return since the start; {@code NaN} from the first day on which it is not known. */
  public double[] benchmarkEquity() {
    return settings.compounding().curve(benchmark.values());
  }

  /** The Sharpe ratio a year of the days of a window; {@code NaN} until it is full. */
  public double[] rollingSharpe() {
    double[] excess = ReturnFigures.less(returns.values(), riskFree);
    double[] out = new double[excess.length];
    Arrays.fill(out, Double.NaN);
    int window = settings.rollingDays();
    for (int end = window; end <= out.length; end++) {
      out[end - 1] = Moments.of(excess, end - window, end).ratio() * Math.sqrt(year.days());
    }
    return out;
  }

  /** Positions over account at the close of each day; empty if only returns were given. */
  public double[] exposure() {
    return exposure.clone();
  }

  /** Value of the fills of each day over the account; empty if only returns were given. */
  public double[] turnover() {
    return turnover.clone();
  }
}
