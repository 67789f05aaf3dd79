package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages in memory, each id once; a message that comes again must be the same. */
final class MemorySink<T> implements StreamSink<T> {
  private final Map<String, T> taken = new LinkedHashMap<>();
  private int repeats;

  @Override
  public boolean accept(StreamMessage<T> message) {
    T before = taken.putIfAbsent(message.id(), message.payload());
    if (before != null) {
      assertThat(message.payload()).as("a second %s", message.id()).isEqualTo(before);
      repeats++;
    }
    return before == null;
  }

  List<T> payloads() {
    return new ArrayList<>(taken.values());
  }

  List<String> ids() {
    return new ArrayList<>(taken.keySet());
  }

  int repeats() {
    return repeats;
  }

  @Override
  public void flush() {
    // Nothing of it is durable.
  }

  @Override
  public void close() {
    // It stays readable.
  }
}
