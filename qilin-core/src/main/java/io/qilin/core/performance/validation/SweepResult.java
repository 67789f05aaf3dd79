package io.qilin.core.performance.validation;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.performance.BacktestOverfitting;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.performance.ReturnSeries;
import io.qilin.core.performance.SharpeEstimate;
import io.qilin.core.performance.TrialCount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All trials of a sweep. Immutable.
 *
 * @param trials in the order of their parameters, at least one
 * @param earlierTrials trials run before for the same purpose
 * @param <P> what was varied
 */
public record SweepResult<P>(List<Trial<P>> trials, int earlierTrials) {
  /**
   * Copies and checks.
   *
   * @throws QilinException INVALID_ARGUMENT without a trial or for a negative number of earlier ones
   */
  public SweepResult {
    trials = List.copyOf(trials);
    if (trials.isEmpty() || earlierTrials < 0) {
      throw QilinException.invalid("a sweep has at least one trial and 0 or more earlier ones; got "
          + trials.size() + " and " + earlierTrials);
    }
  }

  /**
   * All trials, failed and earlier ones too, and the variance (ddof 1) of the daily Sharpe ratios that are known: {@code
   * NaN} for fewer than two. It goes into {@code PerformanceSettings.Builder.trials}.
   */
  public TrialCount count() {
    double[] ratios =
        trials.stream().mapToDouble(Trial::dailySharpe).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(ratios).average().orElse(Double.NaN);
    double squares = 0;
    for (double ratio : ratios) {
      squares += (ratio - mean) * (ratio - mean);
    }
    return new TrialCount(
        Math.addExact(trials.size(), earlierTrials),
        ratios.length < 2 ? Double.NaN : squares / (ratios.length - 1));
  }

  /** The trials that failed. */
  public List<Trial<P>> failed() {
    return trials.stream().filter(Trial::failed).toList();
  }

  /** The trial with the highest Sharpe ratio, the first among equals; empty if none is known. */
  public Optional<Trial<P>> best() {
    Optional<Trial<P>> best = Optional.empty();
    for (Trial<P> trial : trials) {
      double bar = best.map(Trial::dailySharpe).orElse(Double.NEGATIVE_INFINITY);
      if (trial.dailySharpe() > bar) {
        best = Optional.of(trial);
      }
    }
    return best;
  }

  /**
   * The Sharpe ratio of the best trial, corrected for the count of all.
   *
   * @throws QilinException DATA_NOT_FOUND if no trial has a Sharpe ratio
   */
  public DeflatedSharpe deflatedBest() {
    ReturnSeries returns = best().flatMap(Trial::returns).orElseThrow(this::nothing);
    return DeflatedSharpe.of(SharpeEstimate.of(returns), count());
  }

  /**
   * The probability of backtest overfitting over the trials that did not fail.
   *
   * @param blocks even, 2 to 20
   * @throws QilinException as {@link BacktestOverfitting#of}
   */
  public BacktestOverfitting overfitting(int blocks) {
    return BacktestOverfitting.of(
        trials.stream().flatMap(trial -> trial.returns().stream()).toList(), blocks);
  }

  /**
   * What would have become of always taking the trial with the highest Sharpe ratio in the training, and living with it in
   * the test: the test returns of the chosen trials, one window after the other. The trials are not run again: each runs
   * through the whole time, and what it holds when a window begins is what it held there.
   *
   * @param splits test windows in the order of time, without overlap, as of {@link WalkForward}
   * @throws QilinException INVALID_ARGUMENT if test windows overlap; DATA_NOT_FOUND if no trial has a Sharpe ratio in a
   *     training
   */
  public WalkForwardResult<P> walkForward(List<Split> splits) {
    List<Trial<P>> chosen = new ArrayList<>();
    List<LocalDate> days = new ArrayList<>();
    List<Double> returns = new ArrayList<>();
    for (Split split : splits) {
      Trial<P> best = bestOn(split);
      chosen.add(best);
      ReturnSeries own = best.returns().orElseThrow(this::nothing);
      for (LocalDate day : split.test()) {
        days.add(day);
        returns.add(own.on(day));
      }
    }
    double[] values = returns.stream().mapToDouble(Double::doubleValue).toArray();
    return new WalkForwardResult<>(splits, chosen, ReturnSeries.of(days, values));
  }

  private Trial<P> bestOn(Split split) {
    List<Trial<P>> trained = new ArrayList<>();
    for (Trial<P> trial : trials) {
      trial
          .returns()
          .map(series -> series.only(split.train()))
          .ifPresent(series -> trained.add(new Trial<>(
              trial.number(), trial.parameters(), Optional.of(series), Optional.empty())));
    }
    int number = trained.isEmpty()
        ? -1
        : new SweepResult<>(trained, 0).best().map(Trial::number).orElse(-1);
    return trials.stream()
        .filter(trial -> trial.number() == number)
        .findFirst()
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND, "no trial has a Sharpe ratio in the training of " + split));
  }

  private QilinException nothing() {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        "no trial has a Sharpe ratio: " + failed().size() + " of " + trials.size()
            + " failed, the returns of the others do not vary");
  }
}
