package io.qilin.core.trading;

import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Rejection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The exchange and the account behind a {@link PaperBroker}: it knows the session and its prices,
 * decides what trades, and books it, with fees and T+1. The paper broker calls it under one lock, so
 * that it need not be thread-safe towards it.
 */
public interface Matching {
  /**
   * Goes to a session.
   *
   * @param day the trading day
   */
  void startSession(LocalDate day);

  /** Ends the session; until the next one, orders are refused. */
  void endSession();

  /**
   * Judges an order on its arrival. Books nothing.
   *
   * @param order the new order
   * @param open what is open already, oldest first, and has a claim on cash and shares
   * @return why it is refused; empty if it is taken
   */
  Optional<Rejection> refusal(Order order, List<OrderState> open);

  /**
   * Trades what can be traded now, and books it.
   *
   * @param order an order that was not refused
   * @param remaining how many of its shares are not traded yet, positive
   * @return the new fills, of at most {@code remaining} shares; empty if nothing trades now
   */
  List<Fill> trade(Order order, long remaining);

  /** What the account owns now. */
  Portfolio portfolio();
}
