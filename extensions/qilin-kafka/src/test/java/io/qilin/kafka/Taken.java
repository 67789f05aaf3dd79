package io.qilin.kafka;

import io.qilin.api.stream.StreamReceiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source hands over. */
final class Taken implements StreamReceiver<ByteBuffer> {
  final List<String> texts = new ArrayList<>();
  final List<Long> positions = new ArrayList<>();
  final List<String> damages = new ArrayList<>();

  @Override
  public void message(long position, ByteBuffer payload) {
    texts.add(StandardCharsets.UTF_8.decode(payload).toString());
    positions.add(position);
  }

  @Override
  public void damaged(long position, long bytes, String reason) {
    damages.add(position + " " + bytes + " " + reason);
  }

  int count() {
    return texts.size() + damages.size();
  }

  /** Polls until so many are there. */
  Taken from(KafkaStreamSource source, int count) {
    for (int polls = 0; count() < count; polls++) {
      if (polls > 10_000_000) {
        throw new AssertionError("only " + count() + " of " + count);
      }
      source.poll(count - count(), this);
    }
    return this;
  }
}
