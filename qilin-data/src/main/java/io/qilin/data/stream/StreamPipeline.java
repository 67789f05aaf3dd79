package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import io.qilin.api.stream.StreamSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream from its sources to its sinks, in this order: parse, validate (quality rules, session, sequence, lateness),
 * enrich, pass records on, aggregate in sliding windows by key ({@link WindowSpec}), detect anomalies ({@link AnomalyRule}),
 * and hand each complete window to the sinks, in the order in which they were added: the cache first, what wakes agents
 * last.
 *
 * <p><b>Bad messages</b> go to the dead letters, with a reason and their position, and the stream goes on. The host's own
 * code and sinks are tried three times. What ends a run is only: dead letters that cannot be stored, a source that fails
 * three times in a row, sinks that cannot flush at the end, a thread that is interrupted (CANCELLED), and an {@link Error}.
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
  private static final int SOURCE_TRIES = 3;
  private static final double MOST_VOLUME = 1e10;
  private static final double MOST_AMOUNT = 1e13;
  private static final long END_OF_TIME = Long.MAX_VALUE - 1;
  private static final long NANOS_OF_MS = 1_000_000;

  private final PipelineSettings<P, T> settings;
  private final StreamFields<T> fields;
  private final long lateness;
  private final List<SourceLane<P>> lanes;
  private final List<Intake> intakes;
  private final StreamKeys keys;
  private final SessionFinder sessions;
  private final PaneTable panes;
  private final SequenceTracker sequences;
  private final StreamHealth health;
  private final RuleBook<T> rules;
  private final WindowTeller teller;
  private final HandlerCall handlers;
  private final DeadLetters deadLetters;
  private final StreamProgress progress = new StreamProgress();
  private final StreamState state;
  private final boolean resumed;

  private long sinceCheckpoint;
  private long unpublished;
  private boolean finished;
  private boolean failed;

  /** Why the sinks could not flush the last time; null if they could. */
  private @Nullable QilinException unflushed;

  private boolean closed;
  private volatile StreamCounters counters;

  StreamPipeline(PipelineSettings<P, T> settings) {
    this.settings = settings;
    this.fields = settings.fields();
    WindowSpec spec = settings.windows();
    this.lateness = EpochNanos.of(spec.lateness());
    this.lanes = settings.sources().stream().map(SourceLane<P>::new).toList();
    this.intakes = lanes.stream().map(Intake::new).toList();
    this.keys = new StreamKeys(settings.mostKeys());
    this.sessions = new SessionFinder(settings.sessions(), spec);
    this.panes = new PaneTable(spec, keys);
    this.sequences = new SequenceTracker(lateness);
    this.health = new StreamHealth(settings.signals());
    this.rules = new RuleBook<>(settings.rules());
    this.teller = new WindowTeller(keys, settings.anomalies(), this::tellSinks);
    this.handlers = new HandlerCall(settings.executor(), settings.deadline());
    this.deadLetters = new DeadLetters(settings.deadLetters());
    this.state = state();
    this.resumed = settings.checkpoint() != null && restore(settings.checkpoint());
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
    return rules.counts();
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
   * @throws QilinException as the class says; the pipeline is then of no more use, build another one over the last checkpoint
   */
  public int step() {
    requireUsable();
    boolean whole = false;
    try {
      int taken = 0;
      for (int i = 0; i < lanes.size(); i++) {
        taken += poll(lanes.get(i), intakes.get(i));
      }
      settle(taken);
      whole = true;
      unpublished += taken;
      if (taken == 0 || unpublished >= PUBLISH_EVERY) {
        publish();
      }
      return taken;
    } finally {
      if (!whole) {
        failed = true;
        publish();
      }
    }
  }

  /**
   * Takes messages until all sources have ended or the host cancels; where there are none it waits as {@link
   * PipelineBuilder#whenIdle} says. A cancelled run makes a checkpoint, tells no incomplete window, and can be continued.
   *
   * @throws QilinException CANCELLED if the thread is interrupted, which makes no checkpoint; IO, or what the sink says, if a
   *     sink could not flush at the end; else as the class says
   */
  public void run(Cancellation cancellation) {
    while (!finished && !cancellation.isCancelled()) {
      requireNotInterrupted(null);
      if (step() == 0 && !finished) {
        settings.whenIdle().run();
      }
    }
    if (!finished) {
      checkpoint();
    }
    QilinException failure = unflushed;
    if (failure != null) {
      throw new QilinException(
          failure.code(),
          "a sink could not flush, so what it took last may be lost: " + text(failure),
          failure);
    }
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
    long reached = EpochNanos.of(moment) - lateness;
    boolean whole = false;
    try {
      progress.watermark = Math.max(progress.watermark, reached);
      tellDue();
      whole = true;
    } finally {
      failed = !whole;
      publish();
    }
  }

  private int poll(SourceLane<P> lane, Intake intake) {
    if (lane.ended) {
      return 0;
    }
    try {
      int taken = lane.source.poll(settings.batch(), intake);
      lane.failures = 0;
      lane.ended = lane.source.ended();
      long now = settings.ticker().getAsLong();
      if (taken > 0) {
        lane.lastTick = now;
        lane.idle = false;
      } else if (now - lane.lastTick >= settings.idleNanos()) {
        lane.idle = true;
      }
      sinceCheckpoint += taken;
      return taken;
    } catch (RuntimeException e) {
      if (failed) {
        throw e;
      }
      requireNotInterrupted(e);
      if (++lane.failures >= SOURCE_TRIES) {
        throw e instanceof QilinException
            ? e
            : new QilinException(
                ErrorCode.DATA_FETCH,
                "the source " + lane.source.id() + " failed " + SOURCE_TRIES
                    + " times in a row, the last with " + e,
                e);
      }
      settings
          .signals()
          .accept(new StreamSignal.SourceFailure(lane.source.id(), lane.failures, text(e)));
      return 0;
    }
  }

  private void settle(int taken) {
    if (taken == 0) {
      advance();
      tellDue();
      finished = lanes.stream().allMatch(lane -> lane.ended);
      if (finished) {
        panes.tell(END_OF_TIME, teller);
        progress.watermark = Math.max(progress.watermark, panes.told());
        checkpoint();
      }
    } else if (sinceCheckpoint >= settings.checkpointEvery()) {
      checkpoint();
    }
  }

  /** What a source hands over. */
  private final class Intake implements StreamReceiver<P> {
    private final SourceLane<P> lane;

    Intake(SourceLane<P> lane) {
      this.lane = lane;
    }

    @Override
    public void message(long position, P payload) {
      boolean whole = false;
      try {
        take(lane, position, payload);
        whole = true;
      } finally {
        failed |= !whole;
      }
    }

    @Override
    public void damaged(long position, long bytes, String reason) {
      progress.offered++;
      progress.deadLettered++;
      failed = true;
      deadLetters.add(
          lane.source.id(), position, DeadLetterReason.DAMAGED, reason, bytes + " bytes");
      failed = false;
    }
  }

  private void take(SourceLane<P> lane, long position, P payload) {
    progress.offered++;
    T record;
    try {
      record = settings.parser().parse(payload);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.UNREADABLE, text(e), payload);
      return;
    }
    long time;
    long sequence;
    long latency;
    OpenSession session;
    try {
      time = fields.eventNanos(record);
      sequence = fields.sequence(record);
      latency = fields.asOfNanos(record) - time;
      StreamRule<T> broken = rules.judge(record);
      if (broken != null) {
        setAside(lane, position, DeadLetterReason.RULE, "breaks the rule " + broken.id(), payload);
        return;
      }
      session = sessions.find(time);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.INVALID, text(e), payload);
      return;
    }
    if (session == null) {
      String when = "no session holds " + EpochNanos.instant(time);
      setAside(lane, position, DeadLetterReason.OUT_OF_SESSION, when, payload);
      return;
    }
    if (inFuture(time)) {
      String when = EpochNanos.instant(time) + " is in the future of the clock";
      setAside(lane, position, DeadLetterReason.FUTURE, when, payload);
      return;
    }
    int key;
    try {
      key = fields.key(record, keys);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.INVALID, text(e), payload);
      return;
    }
    settings.pacer().await(time);
    boolean fresh = sequences.see(key, sequence, time);
    long gap = sequences.gap();
    health.add(latency, gap, time);
    if (!fresh) {
      return;
    }
    if (gap > 0 && sequences.forward()) {
      settings
          .signals()
          .accept(new StreamSignal.SequenceGap(
              keys.symbol(key), sequence - gap, sequence - 1, EpochNanos.instant(time)));
    }
    place(lane, position, payload, record, session, key, time, sequence);
  }

  private boolean inFuture(long time) {
    return settings.clock() != null
        && time > settings.clock().millis() * NANOS_OF_MS + settings.aheadNanos();
  }

  /** Puts a record where it belongs in event time. */
  private void place(
      SourceLane<P> lane,
      long position,
      P payload,
      T record,
      OpenSession session,
      int key,
      long time,
      long sequence) {
    if (time < progress.watermark) {
      progress.late++;
      String when = EpochNanos.instant(time) + " is before the watermark "
          + EpochNanos.instant(progress.watermark);
      deadLetters.add(
          lane.source.id(), position, DeadLetterReason.LATE, when, PayloadText.of(payload));
      return;
    }
    if (handle(lane, position, payload, record, session, key, time, sequence)) {
      progress.processed++;
    }
    if (time > lane.newest) {
      lane.newest = time;
      advance();
      tellDue();
    }
  }

  private boolean handle(
      SourceLane<P> lane,
      long position,
      P payload,
      T record,
      OpenSession session,
      int key,
      long time,
      long sequence) {
    T enriched = record;
    if (settings.handles()) {
      T done = enrich(lane, position, payload, record, key, time);
      if (done == null) {
        return false;
      }
      enriched = done;
    }
    double price;
    double volume;
    double amount;
    try {
      price = fields.price(enriched);
      volume = fields.volume(enriched);
      amount = fields.amount(enriched);
    } catch (RuntimeException e) {
      setAside(lane, position, DeadLetterReason.INVALID, text(e), payload);
      return false;
    }
    boolean possible = price > 0
        && price < Double.POSITIVE_INFINITY
        && volume >= 0
        && volume <= MOST_VOLUME
        && (amount >= 0 ? amount <= MOST_AMOUNT : Double.isNaN(amount));
    if (!possible) {
      String what = "price, volume and amount cannot be " + price + ", " + volume + ", " + amount;
      setAside(lane, position, DeadLetterReason.INVALID, what, payload);
      return false;
    }
    long shares = (long) Math.rint(volume * PaneCells.VOLUME_UNITS);
    long yuan = Double.isNaN(amount)
        ? PaneCells.UNKNOWN
        : (long) Math.rint(amount * PaneCells.AMOUNT_UNITS);
    if (!panes.add(session, key, time, sequence, price, shares, yuan)) {
      String what = "the sums of the window cannot hold it";
      setAside(lane, position, DeadLetterReason.INVALID, what, payload);
      return false;
    }
    return true;
  }

  /** Enriches a record and passes it on; null if that failed and it was set aside. */
  private @Nullable T enrich(
      SourceLane<P> lane, long position, P payload, T record, int key, long time) {
    try {
      return handlers.call(() -> {
        T done = Objects.requireNonNull(settings.enrich().apply(record), "enriched record");
        for (StreamSink<T> sink : settings.recordSinks()) {
          sink.accept(new StreamMessage<>(
              lane.source.id() + "@" + position,
              position,
              keys.symbol(key).toString(),
              EpochNanos.instant(time),
              done));
        }
        return done;
      });
    } catch (HandlerCall.Refused e) {
      DeadLetterReason reason =
          e.timeout() ? DeadLetterReason.HANDLER_TIMEOUT : DeadLetterReason.HANDLER_FAILED;
      setAside(lane, position, reason, e.text(), payload);
      return null;
    }
  }

  private void setAside(
      SourceLane<P> lane, long position, DeadLetterReason reason, String message, P payload) {
    progress.deadLettered++;
    deadLetters.add(lane.source.id(), position, reason, message, PayloadText.of(payload));
  }

  private static String text(RuntimeException e) {
    return e instanceof QilinException ? String.valueOf(e.getMessage()) : e.toString();
  }

  /** Moves the watermark to the least of the sources that count. */
  private void advance() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < lanes.size(); i++) {
      SourceLane<P> lane = lanes.get(i);
      if (lane.counts()) {
        least = Math.min(least, lane.newest);
      }
    }
    if (least != Long.MAX_VALUE && least != SourceLane.NEVER) {
      progress.watermark = Math.max(progress.watermark, least - lateness);
    }
  }

  private void tellDue() {
    if (panes.due(progress.watermark)) {
      panes.tell(progress.watermark, teller);
    }
  }

  private void tellSinks(ClosedWindow window) {
    StreamMessage<ClosedWindow> message = new StreamMessage<>(
        window.id(), StreamMessage.NO_POSITION, window.phase().name(), window.end(), window);
    for (int i = 0; i < settings.sinks().size(); i++) {
      StreamSink<ClosedWindow> sink = settings.sinks().get(i);
      try {
        handlers.call(() -> sink.accept(message));
      } catch (HandlerCall.Refused e) {
        deadLetters.add(
            "sink-" + i + "/" + window.id(),
            StreamMessage.NO_POSITION,
            DeadLetterReason.SINK_FAILED,
            e.text(),
            "the window " + window.id() + " of " + window.aggregates().size() + " instruments");
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
      flush();
      if (settings.checkpoint() != null) {
        settings.checkpoint().write(state.save());
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

  private void flush() {
    try {
      settings.recordSinks().forEach(StreamSink::flush);
      settings.sinks().forEach(StreamSink::flush);
      deadLetters.flush();
      unflushed = null;
    } catch (RuntimeException e) {
      QilinException failure = e instanceof QilinException known
          ? known
          : new QilinException(ErrorCode.IO, "a sink did not flush: " + e, e);
      unflushed = failure;
      throw failure;
    }
  }

  private StreamState state() {
    StreamState parts = new StreamState(settings.fingerprint());
    lanes.forEach(lane -> parts.add(lane::save, lane::load));
    parts.add(progress::save, progress::load);
    parts.add(keys::save, keys::load);
    parts.add(panes::save, panes::load);
    parts.add(sequences::save, sequences::load);
    parts.add(health::save, health::load);
    parts.add(rules::save, rules::load);
    parts.add(teller::save, teller::load);
    return parts;
  }

  private boolean restore(CheckpointFile file) {
    Optional<byte[]> kept = file.read();
    kept.ifPresent(state::load);
    return kept.isPresent();
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
    return new StreamCounters(
        progress.offered + droppedBySources,
        progress.processed,
        progress.late,
        progress.deadLettered,
        droppedBySources + sequences.repeated(),
        sequences.repeated(),
        sequences.missing(),
        sequences.outOfOrder(),
        sequences.restarts(),
        teller.told(),
        progress.checkpoints);
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
    owned.addAll(settings.recordSinks());
    owned.addAll(settings.sinks());
    owned.add(settings.deadLetters());
    Closing.all(owned);
  }
}
