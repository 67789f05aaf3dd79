package io.qilin.api.trading;

/** Direction of an order. */
public enum Side {
  /** To buy. */
  BUY,
  /** To sell. */
  SELL
}
