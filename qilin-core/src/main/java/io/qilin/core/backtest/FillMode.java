package io.qilin.core.backtest;

/**
 * Whether an order that stands at a sealed price limit is filled, when only bars are known and not
 * the queue. Stated for a purchase at limit-up; a sale at limit-down mirrors it.
 *
 * <p>Whatever the mode: a trade below limit-up after the order was entered fills it, as the whole
 * queue before it has then been filled; and the price never leaves the limits.
 */
public enum FillMode {
  /** Filled only if a later price was below limit-up. */
  PESSIMISTIC,
  /**
   * Filled to the fraction min(1, max(0, volume at the limit afterwards − seal) / shares ordered).
   * The seal is the panel's field {@code seal_volume} (shares waiting at the limit) where it is
   * known, else as much as traded at the limit, so that nothing is filled. Never on a one-word day
   * (一字板).
   */
  NEUTRAL,
  /** Filled if as many shares as ordered traded at the limit afterwards. */
  OPTIMISTIC
}
