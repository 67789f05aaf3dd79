package io.qilin.core.rules;

/** What beside board and risk warning decides the daily price limit. */
public enum LimitCase {
  /** An ordinary share or fund. */
  ORDINARY,
  /**
   * A share whose company has not done the share-structure reform (S 股); 5 % on the main boards.
   */
  UNREFORMED,
  /** A fund that tracks an index of STAR or ChiNext shares; 20 %. */
  GROWTH_FUND
}
