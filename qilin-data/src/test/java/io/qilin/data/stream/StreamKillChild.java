package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The process that is killed: one pipeline from a log to two files, which prints the id of each window that is durable. */
final class StreamKillChild {
  static final String TICKS = "ticks.log";
  static final String WINDOWS = "windows.log";
  static final String DEAD = "dead.log";
  static final String CHECKPOINT = "stream.checkpoint";

  private StreamKillChild() {}

  /**
   * Runs to the end, if it is let.
   *
   * @param args the folder; {@code handled}, {@code away} for a sink that is away now and then, or {@code fetched} for the
   *     planted fault, a source that counts what it has fetched; the lines after which it waits for the kill, or 0
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    ChildLines out = new ChildLines(Integer.parseInt(args[2]));
    StreamSource<ByteBuffer> source = FileStreamSource.open("ticks", folder.resolve(TICKS));
    if (args[1].equals("fetched")) {
      source = new CommitsBeforeHandling(source);
    }
    StreamSink<ClosedWindow> windows =
        new Acknowledging(FileStreamSink.open(folder.resolve(WINDOWS), new WindowCodec()), out);
    PackedTicks ticks = new PackedTicks();
    StreamPipeline<ByteBuffer, PackedTick> pipeline = StreamPipeline.builder(
            ticks, ticks, StreamSessions.of("day", Ticks.CALENDAR, date -> StreamKills.DAY))
        .source(source)
        .rules(TickRules.standard(ticks))
        .sink(args[1].equals("away") ? new Away(windows, out) : windows)
        .deadLetters(FileStreamSink.open(folder.resolve(DEAD), new DeadLetterCodec()))
        .checkpoint(CheckpointFile.at(folder.resolve(CHECKPOINT)), 1500)
        .batch(700)
        .sinkOutage(Duration.ofMinutes(10), () -> 0, nanos -> LockSupport.parkNanos(nanos / 100))
        .build();
    pipeline.run(new Cancellation());
    pipeline.close();
    StreamCounters counters = pipeline.counters();
    out.line("END " + counters.offered() + " " + counters.processed() + " "
        + counters.deadLettered() + " " + pipeline.quality().records());
  }

  /** Prints ids once they are flushed. */
  record Acknowledging(StreamSink<ClosedWindow> sink, ChildLines out, List<String> pending)
      implements StreamSink<ClosedWindow> {
    Acknowledging(StreamSink<ClosedWindow> sink, ChildLines out) {
      this(sink, out, new ArrayList<>());
    }

    @Override
    public boolean accept(StreamMessage<ClosedWindow> message) {
      pending.add(message.id());
      return sink.accept(message);
    }

    @Override
    public void flush() {
      sink.flush();
      String ids = String.join(" ", pending);
      pending.clear();
      out.line("ACK " + ids);
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  /** Is away in nine of ten calls, and says so. */
  private static final class Away implements StreamSink<ClosedWindow> {
    private final StreamSink<ClosedWindow> sink;
    private final ChildLines out;
    private int calls;

    Away(StreamSink<ClosedWindow> sink, ChildLines out) {
      this.sink = sink;
      this.out = out;
    }

    @Override
    public boolean accept(StreamMessage<ClosedWindow> message) {
      if (++calls % 10 != 0) {
        out.line("AWAY");
        throw new QilinException(ErrorCode.NETWORK, "planted");
      }
      return sink.accept(message);
    }

    @Override
    public void flush() {
      sink.flush();
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  /** The planted fault: messages count as handled when they are fetched. */
  static final class CommitsBeforeHandling implements StreamSource<ByteBuffer> {
    private static final int AHEAD = 2000;

    private final StreamSource<ByteBuffer> source;
    private final ArrayDeque<Consumer<StreamReceiver<ByteBuffer>>> fetched = new ArrayDeque<>();

    CommitsBeforeHandling(StreamSource<ByteBuffer> source) {
      this.source = source;
    }

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
      if (fetched.size() < AHEAD / 2) {
        source.poll(AHEAD, new StreamReceiver<>() {
          @Override
          public void message(long position, ByteBuffer payload) {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            fetched.add(receiver -> receiver.message(position, ByteBuffer.wrap(bytes)));
          }

          @Override
          public void damaged(long position, long bytes, String reason) {
            fetched.add(receiver -> receiver.damaged(position, bytes, reason));
          }
        });
      }
      int taken = 0;
      while (taken < most && !fetched.isEmpty()) {
        fetched.remove().accept(receiver);
        taken++;
      }
      return taken;
    }

    @Override
    public boolean ended() {
      return source.ended() && fetched.isEmpty();
    }

    @Override
    public void commit(long position) {
      source.commit(position);
    }

    @Override
    public long dropped() {
      return 0;
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
