package io.qilin.data.stream;

import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamSink;
import java.util.List;

/**
 * The first half of a {@link StreamPipeline}, for an engine that brings the messages and keeps the state: it takes the messages
 * of one source in their order, parses and validates them, and adds them up by instrument and slide. What is complete goes to
 * the {@link Output} as a {@link PanePart}, what did not get through as a {@link DeadLetter}; both are those that a pipeline
 * of this source alone would have. {@link InstrumentWindows} is the second half.
 *
 * <p>The watermark is that of this source alone, so results do not depend on how sources interleave.
 *
 * <p>Made by {@link PipelineBuilder#intake}. Confined to one thread at a time.
 *
 * @param <P> what a message carries
 * @param <T> the record
 */
public final class StreamIntake<P, T> {
  private final Output output;
  private final SourceLane<P> lane;
  private final StreamKeys keys;
  private final StreamProgress progress = new StreamProgress();
  private final EventTime eventTime;
  private final RecordPath<P, T> path;
  private final StreamState state;
  private final String called;
  private final long[] cell = new long[PaneCells.WIDTH];
  private long told;

  /** Takes what an intake makes. */
  public interface Output {
    /** A slide of an instrument is complete. */
    void pane(PanePart part);

    /** A message did not get through. */
    void deadLetter(DeadLetter letter);
  }

  /**
   * An intake with nothing in it.
   *
   * @param settings with the windows of the pipeline
   * @param inner the same with windows of one slide, whose dead letters go to the output
   */
  StreamIntake(
      String source, PipelineSettings<P, T> settings, PipelineSettings<P, T> inner, Output output) {
    this.output = output;
    this.called = "the state of the source " + source;
    this.lane = new SourceLane<>(new EngineSource<>(source));
    this.keys = new StreamKeys(inner.mostKeys());
    HandlerCall handlers = new HandlerCall(null, inner.deadline(), inner.waiting());
    SinkPatience patience = new SinkPatience(inner);
    DeadLetters deadLetters = new DeadLetters(inner.deadLetters(), patience);
    StreamOutputs<T> outputs = new StreamOutputs<>(inner, handlers, deadLetters, patience);
    PaneTable panes = new PaneTable(inner.windows(), keys, settings.windows().panes());
    long lateness = EpochNanos.of(inner.windows().lateness());
    this.eventTime = new EventTime(lateness, List.of(lane), progress, panes, this::told, handlers);
    this.path = new RecordPath<>(inner, progress, keys, panes, eventTime, deadLetters, outputs);
    this.state = new StreamState("intake of " + source + ", " + settings.fingerprint());
    state.add(out -> out.int64(lane.newest), in -> lane.newest = in.int64("newest event time"));
    state.add(progress::save, progress::load);
    state.add(keys::save, keys::load);
    state.add(panes::save, panes::load);
    path.addTo(state);
  }

  private void told(OpenSession session, long pane, long[] merged, int[] present, int count) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(merged, present[i] * PaneCells.WIDTH, cell, 0, PaneCells.WIDTH);
      output.pane(new PanePart(lane.source.id(), keys.symbol(present[i]), session, pane, cell));
    }
    told++;
  }

  /**
   * Takes a message. Whatever is wrong with it, it is accounted for.
   *
   * @param position where it stands in the source
   */
  public void take(long position, P payload) {
    path.take(lane, position, payload);
  }

  /**
   * Is told of a part of the source that cannot be read.
   *
   * @param position where it begins
   * @param bytes how long it is, 0 if not known
   * @param reason what is wrong with it
   */
  public void damaged(long position, long bytes, String reason) {
    path.damaged(lane, position, bytes, reason);
  }

  /**
   * The watermark in nanoseconds since 1970: no record before it is taken any more, and all slides that end before it were
   * told. {@link Long#MIN_VALUE} before the first record.
   */
  public long watermark() {
    return progress.watermark;
  }

  /** Tells what is left, as no more messages will come. */
  public void end() {
    eventTime.tellRest();
  }

  /** What became of the messages; windows are counted by the slide. */
  public StreamCounters counters() {
    return progress.counters(0, path.sequences(), told);
  }

  /** How the quality rules were kept. */
  public QualityCounts quality() {
    return path.quality();
  }

  /** All that later messages depend on, as bytes with a checksum. */
  public byte[] save() {
    return StateBytes.of(called, state::save);
  }

  /**
   * Goes on from what {@link #save} gave; only before the first message.
   *
   * @throws io.qilin.api.error.QilinException DATA_FORMAT if it is damaged; INVALID_CONFIGURATION if it is of another source
   *     or another description
   */
  public void load(byte[] saved) {
    StateBytes.read(called, saved, state::load);
  }

  /** Dead letters as an output, which has each message once. */
  record Letters(Output output) implements StreamSink<DeadLetter> {
    @Override
    public boolean accept(StreamMessage<DeadLetter> message) {
      output.deadLetter(message.payload());
      return true;
    }

    @Override
    public void flush() {
      // The engine makes them durable.
    }

    @Override
    public void close() {
      // There is nothing to release.
    }
  }
}
