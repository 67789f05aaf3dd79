package io.qilin.data.bars;

/** What a file counts turnover in. A panel always counts yuan. */
public enum AmountUnit {
  /**
   * Find out from amount / volume, which must lie between low and high, and say what was found as a
   * finding; taken as yuan if the rows do not tell.
   */
  AUTO(1),
  /** Yuan (元). */
  YUAN(1),
  /** Thousand yuan (千元), as Tushare gives. */
  THOUSAND_YUAN(1_000),
  /** Ten thousand yuan (万元). */
  TEN_THOUSAND_YUAN(10_000);

  private final int yuan;

  AmountUnit(int yuan) {
    this.yuan = yuan;
  }

  /** Yuan in one unit. */
  public int yuan() {
    return yuan;
  }
}
