package io.qilin.data.stream;

import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tick that is read in place from {@value #BYTES} bytes, see {@link PackedTicks}. It is laid over one message after the
 * other, so it is good until the next; {@link #tick} makes a value that stays.
 */
public final class PackedTick {
  /** How long a packed tick is. */
  public static final int BYTES = 57;

  static final int SYMBOL = 0;
  static final int EVENT = 8;
  static final int AS_OF = 16;
  static final int SEQUENCE = 24;
  static final int PRICE = 32;
  static final int VOLUME = 40;
  static final int AMOUNT = 48;
  static final int PHASE = 56;

  /** The phases in the order of their numbers, which is part of the form. */
  private static final List<TradingPhase> PHASES = List.of(
      TradingPhase.AUCTION_OPEN,
      TradingPhase.CONTINUOUS,
      TradingPhase.AUCTION_CLOSE,
      TradingPhase.FIXED_PRICE);

  private ByteBuffer bytes = ByteBuffer.allocate(BYTES);
  private int at;

  PackedTick() {}

  void over(ByteBuffer payload) {
    bytes = payload;
    at = payload.position();
  }

  static boolean isPhase(int number) {
    return number >= 0 && number < PHASES.size();
  }

  static byte number(TradingPhase phase) {
    return (byte) PHASES.indexOf(phase);
  }

  /** The instrument as {@link StreamKeys#packed}. */
  public long packedSymbol() {
    return bytes.getLong(at + SYMBOL);
  }

  /** When it was traded, in nanoseconds since 1970. */
  public long eventNanos() {
    return bytes.getLong(at + EVENT);
  }

  /** When it became public, in nanoseconds since 1970. */
  public long asOfNanos() {
    return bytes.getLong(at + AS_OF);
  }

  /** The sender's running number; −1 if it sends none. */
  public long sequence() {
    return bytes.getLong(at + SEQUENCE);
  }

  /** Yuan per share. */
  public double price() {
    return bytes.getDouble(at + PRICE);
  }

  /** Shares. */
  public double volume() {
    return bytes.getDouble(at + VOLUME);
  }

  /** Yuan; {@code NaN} if not known. */
  public double amount() {
    return bytes.getDouble(at + AMOUNT);
  }

  /** The part of the session. */
  public TradingPhase phase() {
    return PHASES.get(bytes.get(at + PHASE));
  }

  /**
   * A value of its own.
   *
   * @param source who says so
   */
  public Tick tick(Provenance source) {
    return new Tick(
        StreamKeys.unpacked(packedSymbol()),
        EpochNanos.instant(eventNanos()),
        EpochNanos.instant(asOfNanos()),
        source,
        sequence(),
        price(),
        volume(),
        amount(),
        phase());
  }
}
