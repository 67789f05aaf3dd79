package io.qilin.core.performance.attribution;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * The active return of one day by factor. The lists have one number a factor, in the order of {@link
 * FactorAttribution#factors}.
 *
 * @param day the day
 * @param activeReturn the account's return less the benchmark's
 * @param factorReturns coefficients of the day's regression
 * @param activeExposures exposure of the portfolio less that of the benchmark
 * @param contributions exposure times return
 * @param specific what is left: shares, trades and cost
 * @param shares how many took part in the regression
 */
public record FactorDay(
    LocalDate day,
    double activeReturn,
    List<Double> factorReturns,
    List<Double> activeExposures,
    List<Double> contributions,
    double specific,
    int shares) {
  /** Copies the lists. */
  public FactorDay {
    Objects.requireNonNull(day, "day");
    factorReturns = List.copyOf(factorReturns);
    activeExposures = List.copyOf(activeExposures);
    contributions = List.copyOf(contributions);
  }
}
