package io.qilin.api.source;

/** A kind of record that a source can serve. */
public enum DataCapability {
  /** Daily bars: {@link MarketDataSource#bars}. */
  DAILY_BARS,
  /** Dated names, boards and risk warnings: {@link MarketDataSource#securities}. */
  SECURITIES
}
