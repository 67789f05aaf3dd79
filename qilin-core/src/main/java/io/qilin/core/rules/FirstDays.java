package io.qilin.core.rules;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first days after an event: how many, the limit on them (none if empty), and the cap of the
 * opening auction of the first day.
 */
record FirstDays(
    int days, @Nullable LimitRate rate, @Nullable LimitRate auctionRate) {
  Optional<LimitRate> limit() {
    return Optional.ofNullable(rate);
  }

  Optional<LimitRate> auctionLimit() {
    return Optional.ofNullable(auctionRate);
  }
}
