package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link StreamPipeline}; {@link #build} needs at least one source and a place for dead letters.
 *
 * @param <P> what a message carries
 * @param <T> the record
 */
public final class PipelineBuilder<P, T> {
  private static final long IDLE_PAUSE_NANOS = 100_000;
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private final RecordParser<P, T> parser;
  private final StreamFields<T> fields;
  private final StreamSessions sessions;
  private final List<StreamSource<P>> sources = new ArrayList<>();
  private final List<StreamSink<T>> recordSinks = new ArrayList<>();
  private final List<StreamSink<ClosedWindow>> sinks = new ArrayList<>();
  private WindowSpec windows = WindowSpec.DEFAULT;
  private List<StreamRule<T>> rules = List.of();
  private @Nullable UnaryOperator<T> enrich;
  private List<AnomalyRule> anomalies = AnomalyRule.STANDARD;
  private @Nullable StreamSink<DeadLetter> deadLetters;
  private Consumer<StreamSignal> signals = signal -> {};
  private @Nullable CheckpointFile checkpoint;
  private long checkpointEvery = 100_000;
  private @Nullable Executor executor;
  private Duration deadline = Duration.ofSeconds(30);
  private HandlerWaiting waiting = HandlerWaiting.REAL;
  private Duration outage = Duration.ofSeconds(30);
  private LongSupplier outageTicker = () -> 0;
  private LongConsumer outagePause = LockSupport::parkNanos;
  private @Nullable Clock clock;
  private Duration ahead = Duration.ofSeconds(5);
  private LongSupplier ticker = () -> 0;
  private long idleNanos = Long.MAX_VALUE;
  private Runnable whenIdle = () -> LockSupport.parkNanos(IDLE_PAUSE_NANOS);
  private StreamPacer pacer = StreamPacer.UNPACED;
  private int batch = 1024;
  private int mostKeys = 20_000;

  PipelineBuilder(RecordParser<P, T> parser, StreamFields<T> fields, StreamSessions sessions) {
    this.parser = Objects.requireNonNull(parser, "parser");
    this.fields = Objects.requireNonNull(fields, "fields");
    this.sessions = Objects.requireNonNull(sessions, "sessions");
  }

  /** Adds a source; the pipeline closes it. */
  public PipelineBuilder<P, T> source(StreamSource<P> source) {
    sources.add(Objects.requireNonNull(source, "source"));
    return this;
  }

  /** The windows; {@link WindowSpec#DEFAULT} unless set. */
  public PipelineBuilder<P, T> windows(WindowSpec spec) {
    windows = Objects.requireNonNull(spec, "spec");
    return this;
  }

  /** The quality rules, in the order in which they are judged; none unless set. */
  public PipelineBuilder<P, T> rules(List<StreamRule<T>> qualityRules) {
    rules = List.copyOf(qualityRules);
    return this;
  }

  /**
   * What is done to each record before it is aggregated; nothing unless set. It keeps the instrument, the time and the
   * sequence. If it throws three times, or once does not end within the deadline, the message goes to the dead letters; it
   * knows best whether what it asks is only away, and waits for it itself.
   */
  public PipelineBuilder<P, T> enrich(UnaryOperator<T> function) {
    enrich = Objects.requireNonNull(function, "function");
    return this;
  }

  /**
   * Adds a sink for each enriched record, under the id {@code source@position}; judged as the enrichment, but waited for while
   * it is away, see {@link #sinkOutage}. The pipeline closes it.
   */
  public PipelineBuilder<P, T> recordSink(StreamSink<T> sink) {
    recordSinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /** The rules for odd windows; {@link AnomalyRule#STANDARD} unless set. */
  public PipelineBuilder<P, T> anomalies(List<AnomalyRule> anomalyRules) {
    anomalies = List.copyOf(anomalyRules);
    return this;
  }

  /** Adds a sink for complete windows, after those added before; the pipeline closes it. */
  public PipelineBuilder<P, T> sink(StreamSink<ClosedWindow> sink) {
    sinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /** Where messages go that did not get through, late ones included; the pipeline closes it. */
  public PipelineBuilder<P, T> deadLetters(StreamSink<DeadLetter> sink) {
    deadLetters = Objects.requireNonNull(sink, "sink");
    return this;
  }

  /** Told of gaps, health and failures, on the thread of the pipeline; nobody unless set. It must not throw. */
  public PipelineBuilder<P, T> signals(Consumer<StreamSignal> listener) {
    signals = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Where the state is kept; nowhere unless set.
   *
   * @param file the file
   * @param everyMessages how many messages lie between two checkpoints, about; positive
   */
  public PipelineBuilder<P, T> checkpoint(CheckpointFile file, long everyMessages) {
    checkpoint = Objects.requireNonNull(file, "file");
    checkpointEvery = positive("messages between checkpoints", everyMessages);
    return this;
  }

  /**
   * Runs enrichment and sinks, their flush too, on an executor and waits for them so long at most; on the thread of the
   * pipeline and without end unless set. What hangs is interrupted, and keeps its thread and its sink until it ends; a record
   * on which it hangs is set aside, a window is kept for the sink as {@link #sinkOutage} says. If the executor begins nothing more within the deadline, or eight calls hang, the run ends with TIMEOUT before it
   * takes another message; it can then be run again. So the executor needs more than one thread, and none of them is that of
   * the pipeline. Costs two changes of thread a record.
   */
  public PipelineBuilder<P, T> handlerDeadline(Executor handlers, Duration longest) {
    executor = Objects.requireNonNull(handlers, "handlers");
    positive("nanoseconds of the deadline", nanos("the deadline", longest));
    deadline = longest;
    return this;
  }

  PipelineBuilder<P, T> handlerWaiting(HandlerWaiting other) {
    waiting = other;
    return this;
  }

  /**
   * How long a sink that is away is waited for. It is away if it fails with a code that is {@link ErrorCode#retryable}, or, for
   * windows, if a call does not end within {@link #handlerDeadline}. The pipeline tries again after pauses that double from 10
   * ms to 1 s, and takes no message meanwhile. After this time the run fails with the sink's code; nothing is set aside or
   * counts as done, and a pipeline over the last checkpoint goes on. 30 s of pauses unless set.
   *
   * @param longest how long; zero to fail at once
   * @param nanoTicker nanoseconds from an arbitrary origin, for example {@code System::nanoTime}, so that the time in calls
   *     counts too
   * @param pause waits for about so many nanoseconds, at most 100 ms, for example {@code LockSupport::parkNanos}
   */
  public PipelineBuilder<P, T> sinkOutage(
      Duration longest, LongSupplier nanoTicker, LongConsumer pause) {
    if (nanos("the outage", longest) < 0) {
      throw QilinException.invalid("the outage is not negative, was " + longest);
    }
    outage = longest;
    outageTicker = Objects.requireNonNull(nanoTicker, "nanoTicker");
    outagePause = Objects.requireNonNull(pause, "pause");
    return this;
  }

  /**
   * Refuses records of the future, so that one wrong date does not make all others late; not refused unless set.
   *
   * @param now the clock
   * @param tolerance how far a record may be ahead of it
   */
  public PipelineBuilder<P, T> refuseFuture(Clock now, Duration tolerance) {
    clock = Objects.requireNonNull(now, "now");
    if (nanos("the tolerance", tolerance) < 0) {
      throw QilinException.invalid("the tolerance is not negative, was " + tolerance);
    }
    ahead = tolerance;
    return this;
  }

  /**
   * Lets the watermark pass a source that brings nothing for so long; unless set, a silent source holds back the windows of
   * all. What it brings later may be late.
   *
   * @param nanoTicker nanoseconds from an arbitrary origin
   * @param silence how long
   */
  public PipelineBuilder<P, T> idleAfter(LongSupplier nanoTicker, Duration silence) {
    ticker = Objects.requireNonNull(nanoTicker, "nanoTicker");
    idleNanos = positive("nanoseconds of silence", nanos("the silence", silence));
    return this;
  }

  /** What {@link StreamPipeline#run} does when there is nothing to do; parks for 0.1 ms unless set. */
  public PipelineBuilder<P, T> whenIdle(Runnable wait) {
    whenIdle = Objects.requireNonNull(wait, "wait");
    return this;
  }

  /** How fast a replay goes; as fast as it can unless set. */
  public PipelineBuilder<P, T> pacer(StreamPacer pace) {
    pacer = Objects.requireNonNull(pace, "pace");
    return this;
  }

  /** How many messages are taken from one source in a row; 1,024 unless set. */
  public PipelineBuilder<P, T> batch(int messages) {
    batch = (int) positive("messages of a batch", messages);
    return this;
  }

  /** How many instruments there may be; 20,000 unless set. Records of more go to the dead letters. */
  public PipelineBuilder<P, T> mostKeys(int instruments) {
    mostKeys = (int) positive("instruments", instruments);
    return this;
  }

  /**
   * Makes the pipeline; over a checkpoint, it goes to the positions and the state of it.
   *
   * @throws QilinException INVALID_ARGUMENT without a source or a place for dead letters, or for two sources of one id;
   *     INVALID_CONFIGURATION if the checkpoint is of another pipeline; DATA_FORMAT if it is damaged; IO
   */
  public StreamPipeline<P, T> build() {
    StreamSink<DeadLetter> dead = deadLetters;
    if (sources.isEmpty() || dead == null) {
      throw QilinException.invalid("a pipeline needs a source and a place for dead letters");
    }
    long ids = sources.stream().map(StreamSource::id).distinct().count();
    if (ids != sources.size()) {
      throw QilinException.invalid(
          "two sources have one id: " + sources.stream().map(StreamSource::id).toList());
    }
    return new StreamPipeline<>(settings(windows, dead, outage));
  }

  /**
   * Makes the first half of the pipeline for one source, for an engine that reads the sources and keeps the state. Sources,
   * sinks and a checkpoint are the engine's then.
   *
   * @param source names the source in dead letters, for example topic and partition
   * @param output takes what it makes
   * @throws QilinException as {@link #requireForEngine}
   */
  public StreamIntake<P, T> intake(String source, StreamIntake.Output output) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(output, "output");
    requireForEngine();
    StreamSink<DeadLetter> letters = new StreamIntake.Letters(output);
    WindowSpec slides =
        new WindowSpec(windows.slide(), windows.slide(), windows.lateness(), windows.grace());
    return new StreamIntake<>(
        source,
        settings(windows, letters, Duration.ZERO),
        settings(slides, letters, Duration.ZERO),
        output);
  }

  /**
   * Makes the second half of the pipeline for one instrument, for an engine.
   *
   * @throws QilinException as {@link #requireForEngine}
   */
  public InstrumentWindows instrument(Symbol symbol) {
    requireForEngine();
    return new InstrumentWindows(Objects.requireNonNull(symbol, "symbol"), windows, anomalies);
  }

  /** How far one window begins after the other. */
  public Duration slide() {
    return windows.slide();
  }

  /**
   * Checks that the description leaves to an engine what is the engine's.
   *
   * @throws QilinException INVALID_CONFIGURATION if the description has sources, sinks, a checkpoint, a deadline or a pacer
   */
  public void requireForEngine() {
    boolean free = sources.isEmpty()
        && recordSinks.isEmpty()
        && sinks.isEmpty()
        && deadLetters == null
        && checkpoint == null
        && executor == null
        && pacer == StreamPacer.UNPACED;
    if (!free) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "sources, sinks, dead letters, checkpoint, deadline and pacer are the engine's; leave"
              + " them out of the description");
    }
  }

  private PipelineSettings<P, T> settings(
      WindowSpec spec, StreamSink<DeadLetter> dead, Duration longestOutage) {
    UnaryOperator<T> function = enrich == null ? UnaryOperator.identity() : enrich;
    return new PipelineSettings<>(
        parser,
        fields,
        sessions,
        spec,
        List.copyOf(sources),
        rules,
        enrich != null,
        function,
        List.copyOf(recordSinks),
        anomalies,
        List.copyOf(sinks),
        dead,
        signals,
        checkpoint,
        checkpointEvery,
        executor,
        deadline,
        waiting,
        longestOutage.toNanos(),
        outageTicker,
        outagePause,
        clock,
        ahead.toNanos(),
        ticker,
        idleNanos,
        whenIdle,
        pacer,
        batch,
        mostKeys);
  }

  private static long nanos(String what, Duration length) {
    if (length.compareTo(LONGEST) > 0 || length.compareTo(LONGEST.negated()) < 0) {
      throw QilinException.invalid(what + " is at most " + LONGEST + " long, was " + length);
    }
    return length.toNanos();
  }

  private static long positive(String what, long count) {
    if (count <= 0) {
      throw QilinException.invalid("the number of " + what + " is positive, was " + count);
    }
    return count;
  }
}
