package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A source of a pipeline with how far its event time has come. */
final class SourceLane<P> {
  static final long NEVER = Long.MIN_VALUE;

  private static final int TRIES = 3;

  final StreamSource<P> source;

  /** The greatest event time that it brought. */
  long newest = NEVER;

  /** When it last brought something, by the ticker. */
  long lastTick;

  /** What it had thrown away in earlier processes. */
  long droppedBefore;

  /** The position in the checkpoint that was read. */
  private long loaded;

  boolean idle;

  /** Whether the source had ended after the last poll. */
  boolean ended;

  private int failures;

  SourceLane(StreamSource<P> source) {
    this.source = source;
  }

  /** Whether its event time holds back the watermark. */
  boolean counts() {
    return !idle && !ended;
  }

  long dropped() {
    return droppedBefore + source.dropped();
  }

  /**
   * Hands over what the source has now.
   *
   * @param most how many messages at most
   * @param receiver takes them
   * @param ticker nanoseconds
   * @param idleNanos how long it may bring nothing before it counts no more
   */
  void poll(int most, StreamReceiver<P> receiver, LongSupplier ticker, long idleNanos) {
    if (ended) {
      return;
    }
    int taken = source.poll(most, receiver);
    failures = 0;
    ended = source.ended();
    long now = ticker.getAsLong();
    if (taken > 0) {
      lastTick = now;
      idle = false;
    } else if (now - lastTick >= idleNanos) {
      idle = true;
    }
  }

  /**
   * Tells that the source failed.
   *
   * @throws RuntimeException its failure, if it was the third in a row
   */
  void failed(RuntimeException e, Consumer<StreamSignal> signals) {
    failures++;
    if (failures < TRIES) {
      signals.accept(new StreamSignal.SourceFailure(source.id(), failures, FailureText.of(e)));
    } else if (e instanceof QilinException) {
      throw e;
    } else {
      throw new QilinException(
          ErrorCode.DATA_FETCH,
          "the source " + source.id() + " failed " + TRIES + " times in a row, the last with " + e,
          e);
    }
  }

  void save(CheckpointWriter out) {
    out.text(source.id());
    out.int64(source.position());
    out.int64(newest);
    out.int64(dropped());
    out.flag(idle);
  }

  void load(CheckpointReader in) {
    String name = in.text("name of a source", CheckpointFile.MOST_TEXT);
    if (!name.equals(source.id())) {
      throw in.wrong("name of a source", source.id(), QilinException.quote(name));
    }
    loaded = in.count("position of the source " + name);
    newest = in.int64("newest event time");
    droppedBefore = in.count("count of dropped messages");
    idle = in.flag("mark of an idle source");
  }

  /** Lets the source go on where the checkpoint was made. */
  void goOn() {
    try {
      source.seek(loaded);
    } catch (QilinException e) {
      throw new QilinException(e.code(), cannotGoOn() + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new QilinException(ErrorCode.DATA_FETCH, cannotGoOn() + e, e);
    }
  }

  private String cannotGoOn() {
    return "the source " + source.id() + " cannot go on at the position " + loaded
        + " of the checkpoint; give it back what it had, or begin anew without the checkpoint: ";
  }
}
