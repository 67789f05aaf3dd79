package io.qilin.flink;

import io.qilin.api.progress.Cancellation;
import io.qilin.api.record.Tick;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSource;
import io.qilin.data.stream.CallbackSink;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What pipelines in process make of messages: the results that a job must have. */
record InProcess(List<ClosedWindow> windows, List<DeadLetter> deadLetters) {
  /** One pipeline over all. */
  static InProcess together(
      Supplier<PipelineBuilder<ByteBuffer, Tick>> description, List<SourceMessage> messages) {
    List<ClosedWindow> windows = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    PipelineBuilder<ByteBuffer, Tick> stream = description.get();
    bySource(messages).forEach((source, own) -> stream.source(new Messages(source, own)));
    try (StreamPipeline<ByteBuffer, Tick> pipeline = stream
        .sink(CallbackSink.of((StreamMessage<ClosedWindow> m) -> windows.add(m.payload())))
        .deadLetters(CallbackSink.of((StreamMessage<DeadLetter> m) -> letters.add(m.payload())))
        .build()) {
      pipeline.run(new Cancellation());
    }
    return new InProcess(windows, letters);
  }

  /** A pipeline for each source, their windows put together. */
  static InProcess apart(
      Supplier<PipelineBuilder<ByteBuffer, Tick>> description, List<SourceMessage> messages) {
    Map<String, List<ClosedWindow>> byId = new LinkedHashMap<>();
    List<DeadLetter> letters = new ArrayList<>();
    bySource(messages).forEach((source, own) -> {
      InProcess one = together(description, own);
      one.windows()
          .forEach(w -> byId.computeIfAbsent(w.id(), id -> new ArrayList<>()).add(w));
      letters.addAll(one.deadLetters());
    });
    List<ClosedWindow> windows = new ArrayList<>();
    byId.values().forEach(parts -> windows.add(GatherFunction.whole(ofOne(parts))));
    windows.sort(Comparator.comparing((ClosedWindow w) -> w.sessionStart())
        .thenComparing(ClosedWindow::number));
    return new InProcess(windows, letters);
  }

  private static List<ClosedWindow> ofOne(List<ClosedWindow> windows) {
    List<ClosedWindow> parts = new ArrayList<>();
    for (ClosedWindow w : windows) {
      w.aggregates()
          .forEach(aggregate -> parts.add(new ClosedWindow(
              w.phase(),
              w.sessionStart(),
              w.number(),
              w.start(),
              w.end(),
              w.cut(),
              List.of(aggregate),
              w.anomalies().stream()
                  .filter(a -> a.symbol().equals(aggregate.symbol()))
                  .toList())));
    }
    return parts;
  }

  private static Map<String, List<SourceMessage>> bySource(List<SourceMessage> messages) {
    Map<String, List<SourceMessage>> bySource = new LinkedHashMap<>();
    messages.forEach(
        m -> bySource.computeIfAbsent(m.source(), s -> new ArrayList<>()).add(m));
    return bySource;
  }

  /** Messages of one source in memory. */
  private static final class Messages implements StreamSource<ByteBuffer> {
    private final String id;
    private final List<SourceMessage> messages;
    private int next;

    Messages(String id, List<SourceMessage> messages) {
      this.id = id;
      this.messages = messages;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public long position() {
      return next;
    }

    @Override
    public void seek(long position) {
      next = (int) position;
    }

    @Override
    public int poll(int most, StreamReceiver<ByteBuffer> receiver) {
      if (ended()) {
        return 0;
      }
      SourceMessage message = messages.get(next);
      if (message.isDamaged()) {
        receiver.damaged(message.position(), message.bytes().length, message.damage());
      } else {
        receiver.message(message.position(), message.payload());
      }
      next++;
      return 1;
    }

    @Override
    public boolean ended() {
      return next == messages.size();
    }

    @Override
    public void commit(long position) {
      // Nothing is forgotten.
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {
      // There is nothing to release.
    }
  }

  /** Session starts, to see that a log is not empty. */
  List<Instant> sessions() {
    return windows.stream().map(ClosedWindow::sessionStart).distinct().toList();
  }
}
