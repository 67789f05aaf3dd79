package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamReceiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream from its sources to its sinks, in this order: parse, validate (quality rules, session, sequence, lateness),
 * enrich, pass records on, aggregate in sliding windows by key ({@link WindowSpec}), detect anomalies ({@link AnomalyRule}),
 * and hand each complete window to the sinks, in the order in which they were added: the cache first, what wakes agents
 * last.
 *
 * <p><b>Bad messages</b> go to the dead letters, with a reason and their position, and the stream goes on. The host's own
 * code and sinks are tried three times. What ends a run is only: dead letters that cannot be stored, a source that fails
 * three times in a row, a sink that is away for too long ({@link PipelineBuilder#sinkOutage}), sinks that cannot flush at the
 * end, a thread that is interrupted (CANCELLED), and an {@link Error}.
 *
 * <p><b>Restart.</b> A checkpoint holds the positions of the sources and all state, and is made after the sinks have
 * flushed. A pipeline that is built over a checkpoint goes on from there. Sinks then see once more what they took since,
 * with the same ids; as they ignore known ids, no record is lost or counted twice, wherever the process was killed.
 *
 * <p><b>Determinism.</b> For one source the results depend on its messages and nothing else: not on speed, poll sizes, or
 * where it was interrupted. Windows are the same bits in any order of arrival within the lateness. With several sources,
 * which records are late depends on how they interleave, and on the ticker if {@link PipelineBuilder#idleAfter} is set.
 *
 * <p><b>Threads.</b> There are none of its own: one thread at a time calls {@link #step} or {@link #run}; any thread may read
 * {@link #counters}. Memory is bounded by the number of keys and by size + lateness + grace of the windows; the hot path
 * allocates nothing.
 *
 * @param <P> what a message carries
 * @param <T> the record
 */
public final class StreamPipeline<P, T> implements AutoCloseable {
  private static final int PUBLISH_EVERY = 4096;

  private final PipelineSettings<P, T> settings;
  private final List<SourceLane<P>> lanes;
  private final List<Intake> intakes;
  private final HandlerCall handlers;
  private final StreamOutputs<T> outputs;
  private final SinkPatience patience;
  private final EventTime eventTime;
  private final WindowTeller teller;
  private final RecordPath<P, T> path;
  private final StreamProgress progress = new StreamProgress();
  private final StreamState state;
  private final boolean resumed;

  private long sinceCheckpoint;
  private long unpublished;
  private boolean finished;
  private boolean failed;
  private boolean stalled;
  private boolean closed;
  private volatile StreamCounters counters;

  StreamPipeline(PipelineSettings<P, T> settings) {
    this.settings = settings;
    this.lanes = settings.sources().stream().map(SourceLane<P>::new).toList();
    this.intakes = lanes.stream().map(Intake::new).toList();
    this.handlers = new HandlerCall(settings.executor(), settings.deadline(), settings.waiting());
    this.patience = new SinkPatience(settings);
    DeadLetters deadLetters = new DeadLetters(settings.deadLetters(), patience);
    this.outputs = new StreamOutputs<>(settings, handlers, deadLetters, patience);
    StreamKeys keys = new StreamKeys(settings.mostKeys());
    PaneTable panes = new PaneTable(settings.windows(), keys);
    this.teller = new WindowTeller(keys, settings.anomalies(), outputs::tell);
    long lateness = EpochNanos.of(settings.windows().lateness());
    this.eventTime = new EventTime(lateness, lanes, progress, panes, teller, handlers);
    this.path = new RecordPath<>(settings, progress, keys, panes, eventTime, deadLetters, outputs);
    this.state = new StreamState(settings.fingerprint());
    lanes.forEach(lane -> state.add(lane::save, lane::load));
    state.add(progress::save, progress::load);
    state.add(keys::save, keys::load);
    state.add(panes::save, panes::load);
    path.addTo(state);
    state.add(teller::save, teller::load);
    this.resumed = settings.checkpoint() != null && settings.checkpoint().read(state::load);
    if (resumed) {
      lanes.forEach(SourceLane::goOn);
    }
    long now = settings.ticker().getAsLong();
    lanes.forEach(lane -> lane.lastTick = now);
    this.counters = count();
  }

  /**
   * Begins to describe a pipeline.
   *
   * @param parser from what messages carry to records
   * @param fields where the numbers of a record are
   * @param sessions when the market is open
   */
  public static <P, T> PipelineBuilder<P, T> builder(
      RecordParser<P, T> parser, StreamFields<T> fields, StreamSessions sessions) {
    return new PipelineBuilder<>(parser, fields, sessions);
  }

  /** Whether it goes on from a checkpoint. */
  public boolean resumed() {
    return resumed;
  }

  /**
   * What became of the messages, as of a moment at most 4,096 messages ago; exact after a step that found nothing, a checkpoint
   * and the end of {@link #run}. Any thread may ask.
   */
  public StreamCounters counters() {
    return counters;
  }

  /** How the quality rules were kept. Only between steps. */
  public QualityCounts quality() {
    return path.quality();
  }

  /** Whether all sources have ended and all windows are told. */
  public boolean finished() {
    return finished;
  }

  /**
   * Takes what each source has now, at most one batch of each, and tells the windows that are complete. When all sources have
   * ended, it tells the windows that are left and makes a last checkpoint.
   *
   * @return how many messages were taken; 0 if there was nothing
   * @throws QilinException TIMEOUT if the executor of {@link PipelineBuilder#handlerDeadline} begins nothing more, after what
   *     could be done is done; the pipeline can go on when it does. Else as the class says; the pipeline is then of no more
   *     use, build another one over the last checkpoint
   */
  public int step() {
    requireUsable();
    handlers.begin();
    stalled = false;
    int taken = 0;
    boolean whole = false;
    try {
      for (int i = 0; i < lanes.size(); i++) {
        taken += poll(lanes.get(i), intakes.get(i));
      }
      settle(taken);
      whole = true;
      unpublished += taken;
    } finally {
      failed |= !whole;
      if (!whole || stalled || taken == 0 || unpublished >= PUBLISH_EVERY) {
        publish();
      }
    }
    requireNotStalled();
    return taken;
  }

  private void requireNotStalled() {
    if (stalled || eventTime.waiting()) {
      throw handlers.stalled();
    }
  }

  /**
   * Takes messages until all sources have ended or the host cancels; where there are none it waits as {@link
   * PipelineBuilder#whenIdle} says. A cancelled run makes a checkpoint, tells no incomplete window, and can be continued.
   *
   * @throws QilinException CANCELLED if the thread is interrupted, or if the host cancels while a sink is away; neither makes a
   *     checkpoint; IO, or what the sink says, if a
   *     sink could not flush at the end; else as the class says
   */
  public void run(Cancellation cancellation) {
    patience.stopBy(cancellation);
    try {
      while (!finished && !cancellation.isCancelled()) {
        requireNotInterrupted(null);
        if (step() == 0 && !finished) {
          settings.whenIdle().run();
        }
      }
    } finally {
      patience.stopBy(null);
    }
    if (!finished) {
      checkpoint();
    }
    outputs.requireFlushed();
  }

  private static void requireNotInterrupted(@Nullable RuntimeException cause) {
    if (Thread.currentThread().isInterrupted()) {
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread of the stream was interrupted", cause);
    }
  }

  /**
   * Tells the pipeline that event time has come so far although no record shows it, for example from a clock after the close:
   * the watermark moves to this moment less the lateness. Without it the last windows of a session are told when the first
   * record after it comes, or at the end.
   *
   * @param moment no more records are expected that happened before it, less the lateness
   */
  public void advanceTo(Instant moment) {
    requireUsable();
    handlers.begin();
    boolean whole = false;
    try {
      eventTime.advanceTo(EpochNanos.of(moment));
      whole = true;
    } finally {
      failed = !whole;
      publish();
    }
    requireNotStalled();
  }

  private int poll(SourceLane<P> lane, Intake intake) {
    long before = progress.offered;
    try {
      lane.poll(settings.batch(), intake, settings.ticker(), settings.idleNanos());
    } catch (RuntimeException e) {
      if (failed) {
        throw e;
      }
      if (!stalled) {
        requireNotInterrupted(e);
        lane.failed(e, settings.signals());
      }
    }
    int taken = (int) (progress.offered - before);
    sinceCheckpoint += taken;
    return taken;
  }

  private void settle(int taken) {
    if (taken == 0 && !stalled) {
      eventTime.advance();
      finished = lanes.stream().allMatch(lane -> lane.ended) && eventTime.tellRest();
    }
    if (finished || sinceCheckpoint >= settings.checkpointEvery()) {
      checkpoint();
    }
  }

  /** Takes what a source hands over, as long as the handlers are not stalled. */
  private final class Intake implements StreamReceiver<P> {
    private final SourceLane<P> lane;

    Intake(SourceLane<P> lane) {
      this.lane = lane;
    }

    @Override
    public void message(long position, P payload) {
      if (!handlers.ready()) {
        stalled = true;
        throw handlers.stalled();
      }
      boolean whole = false;
      try {
        path.take(lane, position, payload);
        whole = true;
      } finally {
        failed |= !whole;
      }
    }

    @Override
    public void damaged(long position, long bytes, String reason) {
      boolean whole = false;
      try {
        path.damaged(lane, position, bytes, reason);
        whole = true;
      } finally {
        failed |= !whole;
      }
    }
  }

  /**
   * Makes the sinks flush and keeps the state and the positions. Without a checkpoint file it only flushes.
   *
   * @return whether it was made; if not, the host is told by {@link StreamSignal.CheckpointFailure} and the old one stands
   */
  public boolean checkpoint() {
    requireUsable();
    sinceCheckpoint = 0;
    try {
      outputs.flush();
      if (settings.checkpoint() != null) {
        settings.checkpoint().write(state::save);
        progress.checkpoints++;
        lanes.forEach(lane -> lane.source.commit(lane.source.position()));
      }
      publish();
      return true;
    } catch (QilinException e) {
      settings.signals().accept(new StreamSignal.CheckpointFailure(String.valueOf(e.getMessage())));
      return false;
    }
  }

  private void publish() {
    counters = count();
    unpublished = 0;
  }

  private StreamCounters count() {
    long droppedBySources = 0;
    for (SourceLane<P> lane : lanes) {
      droppedBySources += lane.dropped();
    }
    return progress.counters(droppedBySources, path.sequences(), teller.told());
  }

  private void requireUsable() {
    if (closed || failed) {
      throw QilinException.invalid(
          closed
              ? "the pipeline is closed"
              : "the pipeline has failed; build another one over its last checkpoint");
    }
  }

  /** Closes sources and sinks, without a checkpoint: {@link #run} or {@link #checkpoint} make it. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<AutoCloseable> owned = new ArrayList<>();
    owned.addAll(settings.sources());
    owned.addAll(outputs.owned());
    Closing.all(owned);
  }
}
