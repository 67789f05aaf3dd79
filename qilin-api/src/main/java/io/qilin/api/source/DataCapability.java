package io.qilin.api.source;

import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Tick;
import java.util.Optional;

/** A kind of data that a source can serve. */
public enum DataCapability {
  /** Daily bars: {@link MarketDataSource#bars}. */
  DAILY_BARS(Optional.empty()),
  /** Dated names, boards and risk warnings: {@link MarketDataSource#securities}. */
  SECURITIES(Optional.empty()),
  /** Trades: {@link MarketDataSource#records} of {@link Tick}. */
  TICKS(Optional.of(Tick.class));

  private final Optional<Class<? extends MarketRecord>> recordType;

  DataCapability(Optional<Class<? extends MarketRecord>> recordType) {
    this.recordType = recordType;
  }

  /** The records that are read by {@link MarketDataSource#records}; empty for what has a method of its own. */
  public Optional<Class<? extends MarketRecord>> recordType() {
    return recordType;
  }

  /** The capability that a source needs to serve records of this type; every record type has one. */
  public static DataCapability of(Class<? extends MarketRecord> type) {
    for (DataCapability capability : values()) {
      if (capability.recordType.isPresent() && capability.recordType.get().equals(type)) {
        return capability;
      }
    }
    throw new AssertionError("no capability stands for " + type);
  }
}
