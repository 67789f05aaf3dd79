package io.qilin.benchmarks;

import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.TickRules;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;

/**
 * Packed ticks of made-up shares without end, as fast as they are asked for: a ring of messages over which time, sequence
 * and asOf are written anew each round, so that nothing is allocated.
 */
final class StreamFeed implements StreamSource<ByteBuffer> {
  private static final Instant START = Instant.parse("2024-01-02T01:30:00Z");
  private static final int EVENT = 8;
  private static final int AS_OF = 16;
  private static final int SEQUENCE = 24;
  private static final int PHASE = 56;
  private static final byte CONTINUOUS = 1;
  private static final byte NO_PHASE = 127;
  private static final long LATE_NANOS = 10_000_000_000L;

  /** With more shares each has two messages in the ring instead of sixteen. */
  private static final int MANY = 20_000;

  private final ByteBuffer ring;
  private final ByteBuffer view;
  private final int keys;
  private final int messages;
  private final long stepNanos;
  private final int badEvery;
  private long next;
  private long allowed = Long.MAX_VALUE;
  private boolean ended;

  /**
   * A feed.
   *
   * @param keys how many shares take turns
   * @param stepNanos event time from one message to the next
   */
  StreamFeed(int keys, long stepNanos) {
    this(keys, stepNanos, 0);
  }

  /**
   * A feed with messages that do not get through.
   *
   * @param keys how many shares take turns
   * @param stepNanos event time from one message to the next
   * @param badEvery of so many messages the last but one is ten seconds late and the last has a phase that is none; 0 for none
   */
  StreamFeed(int keys, long stepNanos, int badEvery) {
    this.keys = keys;
    this.stepNanos = stepNanos;
    this.badEvery = badEvery;
    messages = keys * (keys > MANY ? 2 : 16);
    ring = ByteBuffer.allocate(messages * PackedTick.BYTES);
    Provenance source = new Provenance("bench", "made", true);
    for (int i = 0; i < messages; i++) {
      // A stride that has no factor in common with most sizes, so that the keys are not in order of
      // memory.
      int key = (int) (i % keys * 7919L % keys);
      double price = 10 + (i * 31L % 997) / 100.0;
      double volume = 100 * (1 + i % 50);
      ring.put(PackedTicks.write(new Tick(
          Symbol.parse(String.format(Locale.ROOT, "%06d.SH", 600000 + key)),
          START,
          START,
          source,
          0,
          price,
          volume,
          price * volume,
          TradingPhase.CONTINUOUS)));
    }
    view = ring.duplicate();
  }

  /** A pipeline with every stage: four quality rules, windows, both anomaly rules; nothing is kept of its windows. */
  PipelineBuilder<ByteBuffer, PackedTick> pipeline(StreamSink<DeadLetter> dead) {
    PackedTicks ticks = new PackedTicks();
    return StreamPipeline.builder(ticks, ticks, StreamSessions.roundTheClock())
        .source(this)
        .rules(TickRules.standard(ticks))
        .deadLetters(dead);
  }

  /** Lets the feed hand over messages up to this number, and no more until it is called again. */
  void allow(long messages) {
    allowed = messages;
  }

  void end() {
    ended = true;
  }

  @Override
  public int poll(int most, StreamReceiver<ByteBuffer> receiver) {
    int count = (int) Math.min(most, allowed - next);
    long start = START.getEpochSecond() * 1_000_000_000L;
    for (int i = 0; i < count; i++) {
      int at = (int) (next % messages) * PackedTick.BYTES;
      long time = start + next * stepNanos;
      ring.putLong(at + EVENT, time);
      ring.putLong(at + AS_OF, time + 200_000);
      ring.putLong(at + SEQUENCE, next / keys);
      if (badEvery > 0) {
        spoil(at, time, badEvery - next % badEvery);
      }
      view.limit(at + PackedTick.BYTES).position(at);
      receiver.message(next, view);
      next++;
    }
    return count;
  }

  private void spoil(int at, long time, long left) {
    ring.put(at + PHASE, left == 1 ? NO_PHASE : CONTINUOUS);
    if (left == 2) {
      ring.putLong(at + EVENT, time - LATE_NANOS);
    }
  }

  @Override
  public String id() {
    return "feed";
  }

  @Override
  public long position() {
    return next;
  }

  @Override
  public void seek(long position) {
    next = position;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void commit(long position) {
    // The feed keeps nothing.
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void close() {
    // There is nothing to release.
  }

  /** Counts what it takes. */
  static final class Counting<T> implements StreamSink<T> {
    private long taken;

    @Override
    public boolean accept(StreamMessage<T> message) {
      taken++;
      return true;
    }

    long taken() {
      return taken;
    }

    @Override
    public void flush() {
      // Nothing of it is durable.
    }

    @Override
    public void close() {
      // There is nothing to release.
    }
  }
}
