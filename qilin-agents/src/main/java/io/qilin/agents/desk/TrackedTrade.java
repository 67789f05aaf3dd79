package io.qilin.agents.desk;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one recommendation.
 *
 * @param day the day whose evening it was made
 * @param session the day on which it was to be bought
 * @param symbol the share
 * @param score the desk's score
 * @param outcome what happened
 * @param shares how many were bought; 0 if none
 * @param buyPrice raw opening price of the session, in yuan; {@code NaN} if not known
 * @param sold the day on which it was sold, if it was
 * @param sellPrice raw opening price of that day, or the last close of a trade that is still open;
 *     {@code NaN} if nothing was bought
 * @param fees costs of both sides so far
 * @param profit proceeds and payouts minus the cost and all fees; of an open trade at its last
 *     close; zero if nothing was bought
 */
public record TrackedTrade(
    LocalDate day,
    LocalDate session,
    Symbol symbol,
    double score,
    Outcome outcome,
    long shares,
    double buyPrice,
    Optional<LocalDate> sold,
    double sellPrice,
    Money fees,
    Money profit) {
  /** What can happen to a recommendation. */
  public enum Outcome {
    /** Bought and sold. */
    CLOSED,
    /** Bought and not sold by the end of the span. */
    OPEN,
    /** Not bought: the share did not trade in the session, or its opening price is not known. */
    NOT_TRADED,
    /** Not bought: it opened at limit-up. */
    LIMIT_UP,
    /** Not bought: it opened above the order's limit price. */
    ABOVE_ORDER,
    /** Not bought: the order's price was outside the session's limits, as on an ex-date. */
    REFUSED,
    /** Not bought: the cash did not pay for the smallest order. */
    TOO_SMALL
  }

  /** Checks the parts. */
  public TrackedTrade {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(sold, "sold");
    Objects.requireNonNull(fees, "fees");
    Objects.requireNonNull(profit, "profit");
  }

  /** Whether anything was bought. */
  public boolean filled() {
    return shares > 0;
  }

  /** Profit as a fraction of the amount paid for the shares; {@code NaN} if nothing was bought. */
  public double profitRate() {
    return filled() ? profit.yuan().doubleValue() / (buyPrice * shares) : Double.NaN;
  }
}
