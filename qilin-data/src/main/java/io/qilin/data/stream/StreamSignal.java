package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import java.time.Instant;

/** Something about the stream itself that an operator may wish to know, told when it is found. */
public sealed interface StreamSignal {
  /**
   * Numbers of a sender were skipped; they may still come.
   *
   * @param symbol whose records
   * @param first the first number that is missing
   * @param last the last number that is missing
   * @param eventTime of the record that showed it
   */
  record SequenceGap(Symbol symbol, long first, long last, Instant eventTime)
      implements StreamSignal {}

  /**
   * A figure over the last messages has passed its limit, in either direction.
   *
   * @param what which figure
   * @param value milliseconds for a latency, a fraction for a loss
   * @param limit the limit that it passed
   * @param well whether it is within the limit again
   * @param eventTime of the record that showed it
   */
  record Health(Figure what, double value, double limit, boolean well, Instant eventTime)
      implements StreamSignal {}

  /**
   * A source did not answer, and is asked again.
   *
   * @param source its id
   * @param times how many times in a row
   * @param message what it said
   */
  record SourceFailure(String source, int times, String message) implements StreamSignal {}

  /**
   * A sink did not take a message that it may take later, and is asked again after a pause.
   *
   * @param sink {@code sink-0} for the first that was added for windows, {@code record-sink-0} likewise, {@code dead-letters}
   * @param times how many times in a row
   * @param message what it said
   */
  record SinkFailure(String sink, int times, String message) implements StreamSignal {}

  /**
   * A checkpoint could not be made, so that more will be read again after a restart; the next one is tried in its turn.
   *
   * @param message why
   */
  record CheckpointFailure(String message) implements StreamSignal {}

  /** What {@link Health} is about. */
  enum Figure {
    /** Mean time from the event to its being public, over the last 100 messages. */
    LATENCY,
    /** Share of numbers missing among the last 100 messages and what is missing between them. */
    LOSS
  }
}
