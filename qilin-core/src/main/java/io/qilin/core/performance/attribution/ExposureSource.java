package io.qilin.core.performance.attribution;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;

/** How much a share has of each factor. */
@FunctionalInterface
public interface ExposureSource {
  /**
   * The exposures as known at the close before the day.
   *
   * @param symbol the share
   * @param day the day whose return is explained
   * @return one number a factor; {@code NaN} leaves the share out of the day's regression
   */
  double[] exposures(Symbol symbol, LocalDate day);
}
