package io.qilin.api.trading;

/** The part of the trading day in which an order is meant to be filled. */
public enum ExecutionPhase {
  /** The opening call auction (开盘集合竞价): one price, the day's open. */
  OPENING_AUCTION,
  /** Continuous trading: worked over the day, at the average price of what traded. */
  CONTINUOUS,
  /** The closing call auction (收盘集合竞价): one price, the day's close. */
  CLOSING_AUCTION
}
