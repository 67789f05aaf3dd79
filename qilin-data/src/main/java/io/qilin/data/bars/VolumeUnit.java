package io.qilin.data.bars;

/** What a file counts volume in. A panel always counts shares. */
public enum VolumeUnit {
  /**
   * Find out from amount / volume, which must lie between low and high, and say what was found as a
   * finding; taken as shares if the rows do not tell.
   */
  AUTO(1),
  /** Shares (股). */
  SHARES(1),
  /** Lots of 100 shares (手), as Tushare and most trading terminals show. */
  LOTS(100);

  private final int shares;

  VolumeUnit(int shares) {
    this.shares = shares;
  }

  /** Shares in one unit. */
  public int shares() {
    return shares;
  }
}
