package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link StreamSink}: extend, supply a sink and a look at what it took, run.
 *
 * @param <T> what a message carries
 */
public abstract class StreamSinkTck<T> {
  /** For subclasses. */
  protected StreamSinkTck() {}

  /** Opens the sink; a second call in one test opens the same store again, after the first was closed. */
  protected abstract StreamSink<T> open();

  /** A payload; different numbers give different ones. */
  protected abstract T payload(int number);

  /** What the store of the test holds, in the order in which it was taken, after the sink was flushed. */
  protected abstract List<T> stored();

  /** Whether the sink remembers across processes. */
  protected boolean durable() {
    return true;
  }

  private StreamMessage<T> message(int number) {
    Instant time = Instant.parse("2024-01-02T01:30:00Z").plusSeconds(number);
    return new StreamMessage<>("id-" + number, number, "600519.SH", time, payload(number));
  }

  private List<T> payloads(int count) {
    return IntStream.range(0, count).mapToObj(this::payload).toList();
  }

  @Test
  void whenMessagesAreTaken_thenTheyAreStoredInOrder() {
    try (StreamSink<T> sink = open()) {
      for (int i = 0; i < 20; i++) {
        assertThat(sink.accept(message(i))).as("message %d", i).isTrue();
      }
      sink.flush();
      assertThat(stored()).isEqualTo(payloads(20));
    }
  }

  @Test
  void whenAMessageComesAgain_thenItIsNotTakenTwice() {
    try (StreamSink<T> sink = open()) {
      for (int i : new int[] {0, 1, 0, 1, 2, 2, 0}) {
        sink.accept(message(i));
      }
      assertThat(sink.accept(message(1))).isFalse();
      sink.flush();
      assertThat(stored()).isEqualTo(payloads(3));
    }
  }

  @Test
  void whenOpenedAgain_thenOldMessagesAreKnown() {
    Assumptions.assumeTrue(durable(), "the sink forgets with the process");
    try (StreamSink<T> sink = open()) {
      for (int i = 0; i < 5; i++) {
        sink.accept(message(i));
      }
    }
    try (StreamSink<T> again = open()) {
      for (int i = 0; i < 8; i++) {
        assertThat(again.accept(message(i))).as("message %d is new", i).isEqualTo(i >= 5);
      }
      again.flush();
      assertThat(stored()).isEqualTo(payloads(8));
    }
  }

  @Test
  void whenClosedTwice_thenNothingIsLost() {
    StreamSink<T> sink = open();
    sink.accept(message(0));
    sink.close();
    sink.close();
    assertThat(stored()).isEqualTo(payloads(1));
  }
}
