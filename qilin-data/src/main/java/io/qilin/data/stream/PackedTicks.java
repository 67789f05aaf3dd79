package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.Tick;
import java.nio.ByteBuffer;

/**
 * Ticks in {@value PackedTick#BYTES} bytes each, big-endian: the instrument as {@link StreamKeys#packed}, event time and asOf
 * in nanoseconds since 1970, sequence, as 64-bit whole numbers; price, volume, amount as 64-bit IEEE numbers; the phase as
 * a byte, from 0: opening auction, continuous, closing auction, fixed price. Who says so is not part of it. For instruments of the three Chinese exchanges only.
 *
 * <p>Parsing makes no objects: one {@link PackedTick} is laid over each message, so one object of this class serves one
 * pipeline.
 */
public final class PackedTicks
    implements RecordParser<ByteBuffer, PackedTick>, StreamFields<PackedTick> {
  private final PackedTick tick = new PackedTick();

  /** For one pipeline. */
  public PackedTicks() {}

  /**
   * A tick as bytes.
   *
   * @throws QilinException UNSUPPORTED for an instrument outside the three exchanges
   */
  public static byte[] write(Tick tick) {
    return ByteBuffer.allocate(PackedTick.BYTES)
        .putLong(StreamKeys.packed(tick.of()))
        .putLong(EpochNanos.of(tick.eventTime()))
        .putLong(EpochNanos.of(tick.asOf()))
        .putLong(tick.sequence())
        .putDouble(tick.price())
        .putDouble(tick.volume())
        .putDouble(tick.amount())
        .put(PackedTick.number(tick.phase()))
        .array();
  }

  /**
   * Lays the tick over a message.
   *
   * @return always the same object
   * @throws QilinException DATA_FORMAT for another length, a phase that is none, a sequence below −1, or an asOf before the
   *     event
   */
  @Override
  public PackedTick parse(ByteBuffer payload) {
    int at = payload.position();
    boolean whole = payload.remaining() == PackedTick.BYTES
        && PackedTick.isPhase(payload.get(at + PackedTick.PHASE))
        && payload.getLong(at + PackedTick.AS_OF) >= payload.getLong(at + PackedTick.EVENT)
        && payload.getLong(at + PackedTick.SEQUENCE) >= Tick.NO_SEQUENCE;
    if (!whole) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "a packed tick has " + PackedTick.BYTES + " bytes, a phase, a sequence from -1 on and an"
              + " asOf not before the event; this one has " + payload.remaining() + " bytes");
    }
    tick.over(payload);
    return tick;
  }

  @Override
  public int key(PackedTick record, StreamKeys keys) {
    return keys.number(record.packedSymbol());
  }

  @Override
  public long eventNanos(PackedTick record) {
    return record.eventNanos();
  }

  @Override
  public long asOfNanos(PackedTick record) {
    return record.asOfNanos();
  }

  @Override
  public long sequence(PackedTick record) {
    return record.sequence();
  }

  @Override
  public double price(PackedTick record) {
    return record.price();
  }

  @Override
  public double volume(PackedTick record) {
    return record.volume();
  }

  @Override
  public double amount(PackedTick record) {
    return record.amount();
  }
}
