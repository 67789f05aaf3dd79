package io.qilin.core.performance.attribution;

import io.qilin.api.error.QilinException;
import io.qilin.core.performance.Compounding;
import java.util.List;

/**
 * By what the effects of each day are multiplied so that they add up to the active return of the whole time.
 *
 * <p>{@link Compounding#SUM}: 1. {@link Compounding#COMPOUND}: k(day) / k(whole time) with k = (ln(1 + p) − ln(1 + b)) / (p −
 * b), and 1 / (1 + p) where p = b, for the returns p of the account and b of the benchmark (Cariño, Journal of Performance
 * Measurement 3(4), 1999).
 *
 * @param portfolio the account's return of the whole time
 * @param benchmark the benchmark's
 * @param factors one a day
 */
record Linking(double portfolio, double benchmark, List<Double> factors) {
  /**
   * Links.
   *
   * @throws QilinException INVALID_ARGUMENT with {@link Compounding#COMPOUND} for a return of −1 or less
   */
  static Linking of(List<HoldingDay> days, Compounding compounding) {
    double sumPortfolio = 0;
    double sumBenchmark = 0;
    double wealthPortfolio = 1;
    double wealthBenchmark = 1;
    for (HoldingDay day : days) {
      sumPortfolio += day.accountReturn();
      sumBenchmark += day.benchmarkReturn();
      wealthPortfolio *= 1 + day.accountReturn();
      wealthBenchmark *= 1 + day.benchmarkReturn();
    }
    if (compounding == Compounding.SUM) {
      return new Linking(
          sumPortfolio, sumBenchmark, days.stream().map(day -> 1.0).toList());
    }
    double whole = coefficient(wealthPortfolio - 1, wealthBenchmark - 1);
    List<Double> factors = days.stream()
        .map(day -> {
          if (day.accountReturn() <= -1 || day.benchmarkReturn() <= -1) {
            throw QilinException.invalid("a loss of everything on " + day.day()
                + " cannot be linked by logarithms; use Compounding.SUM");
          }
          return coefficient(day.accountReturn(), day.benchmarkReturn()) / whole;
        })
        .toList();
    return new Linking(wealthPortfolio - 1, wealthBenchmark - 1, factors);
  }

  private static double coefficient(double p, double b) {
    double difference = p - b;
    return difference == 0 ? 1 / (1 + p) : StrictMath.log1p(difference / (1 + b)) / difference;
  }
}
