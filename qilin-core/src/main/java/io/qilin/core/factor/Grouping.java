package io.qilin.core.factor;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Optional;

/** What kind of share an instrument is on a day, for example its industry, for the neutral view of a study. */
@FunctionalInterface
public interface Grouping {
  /**
   * The group as known on the day; empty where it is not known, which leaves the instrument out of the neutral view.
   *
   * @param symbol the share
   * @param day the factor's day
   */
  Optional<String> group(Symbol symbol, LocalDate day);
}
