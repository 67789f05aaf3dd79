package io.qilin.kafka;

import io.qilin.api.progress.Cancellation;
import io.qilin.api.secret.Secret;
import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.CheckpointFile;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamCounters;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.WindowCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The programs of the README. */
final class KafkaExample {
  private KafkaExample() {}

  static KafkaSettings secured(
      String bootstrap, Path trusted, Secret trustedPassword, String user, Secret password) {
    return KafkaSettings.builder(bootstrap)
        .property("security.protocol", "SASL_SSL")
        .property("ssl.truststore.type", "PKCS12")
        .property("ssl.truststore.location", trusted.toString())
        .secret("ssl.truststore.password", trustedPassword)
        .sasl("PLAIN", user, password)
        .build();
  }

  static StreamCounters windows(KafkaSettings kafka, Path folder) {
    PackedTicks ticks = new PackedTicks();
    PipelineBuilder<ByteBuffer, PackedTick> stream =
        StreamPipeline.builder(ticks, ticks, StreamSessions.roundTheClock());
    try (KafkaReader reader = KafkaReader.builder(kafka, KafkaTopics.GROUP, StartAt.EARLIEST)
            .topic(KafkaTopics.MARKET_DATA)
            .untilEnd()
            .open();
        var windows = KafkaStreamSink.builder(
                kafka, KafkaTopics.PROCESSED_DATA, "windows", KafkaEncoder.of(new WindowCodec()))
            .open();
        var dead = KafkaDeadLetters.builder(kafka, KafkaTopics.DEAD_LETTERS, "windows-dead")
            .open()) {
      reader.sources().forEach(stream::source);
      stream.sink(windows).deadLetters(dead);
      stream.checkpoint(CheckpointFile.at(folder.resolve("windows.checkpoint")), 100_000);
      try (StreamPipeline<ByteBuffer, PackedTick> pipeline = stream.build()) {
        pipeline.run(new Cancellation());
        return pipeline.counters();
      }
    }
  }

  static void headlines(KafkaSettings kafka, Cancellation cancellation) {
    PayloadSchemas news = PayloadSchemas.of(new SchemaVersion("news", 1, 0)).absentIsCurrent();
    try (KafkaRelay relay = KafkaRelay.builder(
            kafka, "qilin_headlines", "headlines-1", KafkaTopics.DEAD_LETTERS)
        .topic(KafkaTopics.NEWS_DATA, news, (message, output) -> {
          String text = StandardCharsets.UTF_8.decode(message.payload()).toString();
          byte[] shouted = text.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
          output.send(
              "headlines",
              new StreamMessage<>(
                  message.id(), message.position(), message.key(), message.eventTime(), shouted));
        })
        .build()) {
      relay.run(cancellation);
    }
  }
}
