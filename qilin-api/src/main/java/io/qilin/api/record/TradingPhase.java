package io.qilin.api.record;

/** The part of a trading day in which a trade or a quotation was made. */
public enum TradingPhase {
  /** The opening call auction (集合竞价), 09:15 to 09:25. */
  AUCTION_OPEN,
  /** Continuous trading (连续竞价), 09:30 to 11:30 and 13:00 to 14:57 or 15:00. */
  CONTINUOUS,
  /** The closing call auction, 14:57 to 15:00 where there is one. */
  AUCTION_CLOSE,
  /** Trading at the closing price after the close (盘后固定价格交易), 15:05 to 15:30 where there is one. */
  FIXED_PRICE
}
