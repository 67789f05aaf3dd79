package io.qilin.core.rules;

/** What happens at a moment of the trading day. */
public enum SessionPhase {
  /** Opening call auction in which orders may be entered and cancelled. */
  OPENING_AUCTION,
  /** Last part of the opening call auction: orders may be entered, not cancelled. */
  OPENING_AUCTION_LOCKED,
  /** Between the opening match at 09:25 and 09:30: no matching. */
  PAUSE,
  /** Continuous matching. */
  CONTINUOUS,
  /** Lunch: no matching. */
  LUNCH,
  /** Closing call auction: orders may be entered, not cancelled. */
  CLOSING_AUCTION,
  /** After-hours trading at the closing price (盘后固定价格交易). */
  FIXED_PRICE,
  /** The market is shut. */
  CLOSED
}
