package io.qilin.core.portfolio;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import java.util.Objects;

/**
 * A share whose weight could not be brought to its target, or not all the way.
 *
 * @param symbol the share
 * @param reason what stood against it
 * @param message one line with the figures
 */
public record LeftOut(Symbol symbol, RejectReason reason, String message) {
  /** Checks that every part is there. */
  public LeftOut {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }
}
