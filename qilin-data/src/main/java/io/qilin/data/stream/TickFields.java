package io.qilin.data.stream;

import io.qilin.api.record.Tick;

/** The fields of a {@link Tick}. */
public final class TickFields implements StreamFields<Tick> {
  /** There is no state. */
  public TickFields() {}

  @Override
  public int key(Tick record, StreamKeys keys) {
    return keys.number(record.of());
  }

  @Override
  public long eventNanos(Tick record) {
    return EpochNanos.of(record.eventTime());
  }

  @Override
  public long asOfNanos(Tick record) {
    return EpochNanos.of(record.asOf());
  }

  @Override
  public long sequence(Tick record) {
    return record.sequence();
  }

  @Override
  public double price(Tick record) {
    return record.price();
  }

  @Override
  public double volume(Tick record) {
    return record.volume();
  }

  @Override
  public double amount(Tick record) {
    return record.amount();
  }
}
