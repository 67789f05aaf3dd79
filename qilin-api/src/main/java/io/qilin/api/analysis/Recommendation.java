package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Order;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A share to buy in the next session, with the reasons.
 *
 * @param rank 1 for the best
 * @param symbol the share
 * @param day the day whose evening the decision was taken
 * @param session the trading day it is meant for
 * @param score the desk's score in [−1, 1], after shrinking by disagreement
 * @param confidence in [0, 1]
 * @param order what to send, already passed by the risk gate
 * @param trace what each analyst added
 * @param reasons the main ones, for a person, one line each
 */
public record Recommendation(
    int rank,
    Symbol symbol,
    LocalDate day,
    LocalDate session,
    double score,
    double confidence,
    Order order,
    List<Contribution> trace,
    List<String> reasons) {
  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT if a number is outside its range, the session is not after the day, or the
   *     order is for another share
   */
  public Recommendation {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(order, "order");
    trace = List.copyOf(trace);
    reasons = List.copyOf(reasons);
    if (rank < 1 || !(score >= -1 && score <= 1) || !(confidence >= 0 && confidence <= 1)) {
      throw QilinException.invalid(
          "rank is 1 or more, score in [-1, 1] and confidence in [0, 1], were " + rank + ", "
              + score + ", " + confidence);
    }
    if (!session.isAfter(day)) {
      throw QilinException.invalid("the session " + session + " must come after the day " + day);
    }
    if (!order.symbol().equals(symbol)) {
      throw QilinException.invalid("the order for " + symbol + " is for " + order.symbol());
    }
  }
}
