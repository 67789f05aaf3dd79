package io.qilin.api.market;

/** How prices account for dividends, bonus and rights issues. */
public enum Adjustment {
  /** As traded (不复权). The only prices on which limits, lots and fees may be computed. */
  RAW,
  /** Anchored at the first day (后复权): a past value never changes. */
  BACKWARD,
  /** Anchored at the last day (前复权): history changes at every ex-date. */
  FORWARD
}
