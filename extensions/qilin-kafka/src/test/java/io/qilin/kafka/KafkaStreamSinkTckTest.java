package io.qilin.kafka;

import io.qilin.api.stream.StreamSink;
import io.qilin.testkit.StreamSinkTck;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class KafkaStreamSinkTckTest {
  @Nested
  class InTransactions extends Contract {
    @Override
    SinkBuilder<String> describe(SinkBuilder<String> sink) {
      return sink;
    }
  }

  @Nested
  class WithoutTransactions extends Contract {
    @Override
    SinkBuilder<String> describe(SinkBuilder<String> sink) {
      return sink.withoutTransactions();
    }
  }

  abstract static class Contract extends StreamSinkTck<String> {
    private String topic;

    abstract SinkBuilder<String> describe(SinkBuilder<String> sink);

    @BeforeEach
    void topic() {
      topic = SharedBroker.topic(1);
    }

    @Override
    protected StreamSink<String> open() {
      return describe(KafkaStreamSink.builder(
              SharedBroker.settings(),
              topic,
              topic + "-writer",
              text -> text.getBytes(StandardCharsets.UTF_8)))
          .open();
    }

    @Override
    protected String payload(int number) {
      return "payload " + number;
    }

    @Override
    protected List<String> stored() {
      return Records.texts(SharedBroker.broker().bootstrap(), topic);
    }
  }
}
