package io.qilin.api.market;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where the minute bars of a share and day come from. Asked for one day of one share at a time, so that years of them
 * need not be in memory. Safe to call from several threads.
 */
@FunctionalInterface
public interface MinuteBars {
  /** No minute bars at all. */
  MinuteBars NONE = (symbol, day) -> Optional.empty();

  /** The minute bars of one share on one day; empty if there are none. */
  Optional<MinuteDay> of(Symbol symbol, LocalDate day);
}
