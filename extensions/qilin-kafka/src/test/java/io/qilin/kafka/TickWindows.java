package io.qilin.kafka;

import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import io.qilin.data.stream.CallbackSink;
import io.qilin.data.stream.CheckpointFile;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.WindowCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The stream of the kill tests, from a topic of ticks to a topic of windows, and the count of what it lost or doubled. The
 * count takes what the windows should be from a run that nobody disturbs.
 */
record TickWindows(KafkaSettings settings, String ticks, String windows, Path checkpoint) {
  /** What reading the windows showed. */
  record Count(int expected, int lost, int twice, int altered, long records) {
    boolean clean() {
      return lost == 0 && twice == 0 && altered == 0;
    }
  }

  SinkBuilder<ClosedWindow> sink() {
    return KafkaStreamSink.builder(
        settings, windows, windows + "-writer", KafkaEncoder.of(new WindowCodec()));
  }

  /** The pipeline over its last checkpoint. */
  StreamPipeline<ByteBuffer, PackedTick> pipeline(
      UnaryOperator<ReaderBuilder> reading, StreamSink<ClosedWindow> sink, int every) {
    KafkaReader reader = reading
        .apply(KafkaReader.builder(settings, ticks + "-group", StartAt.EARLIEST).topic(ticks))
        .open();
    return pipeline(reader.sources(), sink, every);
  }

  /** The same of some partitions. */
  StreamPipeline<ByteBuffer, PackedTick> pipeline(
      List<KafkaStreamSource> sources, StreamSink<ClosedWindow> sink, int every) {
    PackedTicks packed = new PackedTicks();
    PipelineBuilder<ByteBuffer, PackedTick> stream =
        StreamPipeline.builder(packed, packed, StreamSessions.roundTheClock());
    sources.forEach(stream::source);
    return stream
        .sink(sink)
        .deadLetters(CallbackSink.<DeadLetter>of(TickWindows::unexpected))
        .checkpoint(CheckpointFile.at(checkpoint), every)
        .build();
  }

  private static void unexpected(StreamMessage<DeadLetter> letter) {
    throw new AssertionError("a dead letter: " + letter);
  }

  /** Goes on from the checkpoint to the end of the topic. */
  void finish(SinkBuilder<ClosedWindow> sink) {
    try (var pipeline = pipeline(ReaderBuilder::untilEnd, sink.open(), 1000)) {
      pipeline.run(new Cancellation());
    }
  }

  /** What an undisturbed run gives, by the ids of the windows. */
  private Map<String, ClosedWindow> expected() {
    Map<String, ClosedWindow> all = new LinkedHashMap<>();
    PackedTicks packed = new PackedTicks();
    KafkaReader reader = KafkaReader.builder(settings, ticks + "-judge", StartAt.EARLIEST)
        .topic(ticks)
        .untilEnd()
        .open();
    PipelineBuilder<ByteBuffer, PackedTick> stream =
        StreamPipeline.builder(packed, packed, StreamSessions.roundTheClock());
    reader.sources().forEach(stream::source);
    try (var pipeline = stream
        .sink(CallbackSink.of(message -> all.put(message.id(), message.payload())))
        .deadLetters(CallbackSink.<DeadLetter>of(TickWindows::unexpected))
        .build()) {
      pipeline.run(new Cancellation());
    }
    return all;
  }

  Count count() {
    Map<String, ClosedWindow> expected = expected();
    List<String> twice = new ArrayList<>();
    Set<String> found = new HashSet<>();
    int altered = 0;
    for (ConsumerRecord<byte[], byte[]> record : Records.committed(settings.bootstrap(), windows)) {
      String id = Records.header(record, KafkaHeaders.ID);
      if (!found.add(id)) {
        twice.add(id);
      }
      ClosedWindow right = expected.get(id);
      byte[] bytes = right == null
          ? "none".getBytes(StandardCharsets.UTF_8)
          : KafkaEncoder.of(new WindowCodec()).encode(right);
      altered += Arrays.equals(bytes, record.value()) ? 0 : 1;
    }
    long lost = expected.keySet().stream().filter(id -> !found.contains(id)).count();
    long records = expected.values().stream()
        .flatMap(window -> window.aggregates().stream())
        .mapToLong(aggregate -> aggregate.records())
        .sum();
    return new Count(expected.size(), (int) lost, twice.size(), altered, records);
  }
}
