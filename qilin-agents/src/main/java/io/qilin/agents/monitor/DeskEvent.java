package io.qilin.agents.monitor;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * A step of a decision.
 *
 * @param kind what happened
 * @param session the session that is decided for; several decisions may be under way at once
 * @param subject who did it: an analyst, a speaker, the id of a gate; {@code desk} for the desk itself
 * @param symbol the share that it is about, if it is about one
 * @param detail one line for a person; may be empty
 */
public record DeskEvent(
    Kind kind, LocalDate session, String subject, Optional<Symbol> symbol, String detail) {
  /** What can happen. */
  public enum Kind {
    /** A decision began. */
    STARTED,
    /** An analyst answered. */
    ANALYST_ANSWERED,
    /** An analyst failed, or was too late; it abstains. */
    ANALYST_FAILED,
    /** The shares are ranked. */
    RANKED,
    /** The state of the market stops purchases. */
    MARKET_STOPPED,
    /** Somebody spoke in a debate. */
    SPOKEN,
    /** A share is recommended. */
    RECOMMENDED,
    /** The decision is made. */
    FINISHED
  }

  /** Checks that nothing is missing. */
  public DeskEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(detail, "detail");
  }
}
