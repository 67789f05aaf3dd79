package io.qilin.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String STREAM =
      "\uFEFFdata: one\n\n: comment\r\rdata:two\rdata:  2 买\r\n\r\n"
          + "event: x\nid: 7\nretry: 5\ndatax: no\n\ndata\n\n\n\n\ndata: \uD83D\uDE00\n\ndata: last";
  private static final List<String> EVENTS =
      List.of("one", "two\n 2 买", "", "\uD83D\uDE00", "last");

  private static List<String> read(List<byte[]> parts) throws EventStream.TooLarge {
    List<String> events = new ArrayList<>();
    EventStream stream = new EventStream(1000, events::add);
    for (byte[] part : parts) {
      stream.feed(ByteBuffer.wrap(part));
    }
    stream.finish();
    return events;
  }

  @Property(tries = 200)
  void whenCutAnywhere_thenTheEventsAreTheSame(@ForAll long seed) throws EventStream.TooLarge {
    Random random = new Random(seed);
    byte[] all = STREAM.getBytes(StandardCharsets.UTF_8);
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < all.length; ) {
      int end = Math.min(all.length, at + 1 + random.nextInt(9));
      parts.add(java.util.Arrays.copyOfRange(all, at, end));
      at = end;
    }
    assertThat(read(parts)).isEqualTo(EVENTS);
  }

  @Property(tries = 200)
  void whenTheBytesAreAnything_thenItNeitherFailsNorGrows(@ForAll byte[] bytes)
      throws EventStream.TooLarge {
    for (String event : read(List.of(bytes))) {
      assertThat(event.length()).isLessThanOrEqualTo(1000);
    }
  }

  @Test
  void whenALineOrAnEventIsTooLong_thenItIsRefused() {
    String line = "data: " + "x".repeat(1000);
    assertThatThrownBy(() -> read(List.of(line.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(EventStream.TooLarge.class);
    String event = ("data: " + "x".repeat(300) + "\n").repeat(4);
    assertThatThrownBy(() -> read(List.of(event.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(EventStream.TooLarge.class);
  }
}
