package io.qilin.data.store;

import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.Objects;

/**
 * When a decision about an instrument is taken: only what was public by then counts.
 *
 * @param symbol the instrument
 * @param at the moment
 */
public record Moment(Symbol symbol, Instant at) {
  /** Checks the parts. */
  public Moment {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(at, "at");
  }
}
