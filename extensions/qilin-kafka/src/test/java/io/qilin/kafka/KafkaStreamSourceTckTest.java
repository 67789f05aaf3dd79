package io.qilin.kafka;

import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import io.qilin.testkit.Await;
import io.qilin.testkit.StreamSourceTck;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class KafkaStreamSourceTckTest extends StreamSourceTck<ByteBuffer> {
  private final Map<List<String>, String> topics = new HashMap<>();

  @Override
  protected StreamSource<ByteBuffer> open(List<String> messages) {
    String topic = topics.computeIfAbsent(messages, texts -> {
      String made = SharedBroker.topic(1);
      Records.write(SharedBroker.broker().bootstrap(), made, texts);
      return made;
    });
    KafkaStreamSource source = KafkaReader.builder(
            SharedBroker.settings(), topic + "-group", StartAt.EARLIEST)
        .topic(topic)
        .untilEnd()
        .open()
        .sources()
        .get(0);
    return new Waiting(source);
  }

  @Override
  protected String text(ByteBuffer payload) {
    return StandardCharsets.UTF_8.decode(payload).toString();
  }

  /** The contract counts polls, and a fetch takes its time: polls again until something comes or the end is reached. */
  private record Waiting(KafkaStreamSource source) implements StreamSource<ByteBuffer> {
    @Override
    public String id() {
      return source.id();
    }

    @Override
    public long position() {
      return source.position();
    }

    @Override
    public void seek(long position) {
      source.seek(position);
    }

    @Override
    public int poll(int most, StreamReceiver<ByteBuffer> receiver) {
      AtomicInteger taken = new AtomicInteger();
      Await.until(
          "something comes or the end is reached",
          () -> taken.addAndGet(source.poll(most, receiver)) > 0 || source.ended());
      return taken.get();
    }

    @Override
    public boolean ended() {
      return source.ended();
    }

    @Override
    public void commit(long position) {
      source.commit(position);
    }

    @Override
    public long dropped() {
      return source.dropped();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
