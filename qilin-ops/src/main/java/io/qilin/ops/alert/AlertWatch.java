package io.qilin.ops.alert;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Lengths;
import io.qilin.ops.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads metrics on one thread and judges them on another: a supplier that throws or hangs is no silence, as its readings grow
 * too old, count as missing, and that is told. Thread-safe.
 */
public final class AlertWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);

  private final AlertEngine engine;
  private final Supplier<Map<String, Reading>> supplier;
  private final AlertSink sink;
  private final Clock clock;
  private final LongSupplier ticker;
  private final Duration every;
  private final long staleNanos;
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong sinkFailures = new AtomicLong();
  private volatile @Nullable Read newest;
  private @Nullable Worker reader;
  private @Nullable Worker judge;

  /** Readings and when they came, by the ticker. */
  private record Read(Map<String, Reading> readings, long at) {}

  private AlertWatch(Builder from) {
    this.engine = from.engine;
    this.supplier = from.supplier;
    this.sink = from.sink;
    this.clock = from.clock;
    this.ticker = from.ticker;
    this.every = from.every;
    this.staleNanos = from.staleAfter.toNanos();
  }

  /**
   * A watch on readings.
   *
   * @param engine not stepped by others
   * @param readings asked on a thread of the watch; may block. {@link MeterReadings} reads a registry
   * @param sink where alerts go; best a {@link FanOutSink}, which does not block
   * @param clock stamps alerts
   * @param ticker monotonic nanoseconds, for every length of time
   */
  public static Builder builder(
      AlertEngine engine,
      Supplier<Map<String, Reading>> readings,
      AlertSink sink,
      Clock clock,
      LongSupplier ticker) {
    return new Builder(engine, readings, sink, clock, ticker);
  }

  /** Reads once. */
  Duration read() {
    Map<String, Reading> readings = Map.copyOf(supplier.get());
    newest = new Read(readings, ticker.getAsLong());
    return every;
  }

  /** Judges once. */
  Duration judge() {
    Read read = newest;
    long now = ticker.getAsLong();
    Map<String, Reading> readings =
        read != null && now - read.at() <= staleNanos ? read.readings() : Map.of();
    engine.step(now, clock.instant(), readings).forEach(this::tell);
    return every;
  }

  private void tell(AlertEvent event) {
    try {
      sink.alert(event.alert());
      told.incrementAndGet();
    } catch (RuntimeException
        | LinkageError
        | AssertionError
        | StackOverflowError
        | OutOfMemoryError e) {
      // The other events are told all the same: to their rules they count as told.
      sinkFailures.incrementAndGet();
      LOG.warn(
          "a sink failed; {} of the rule {} was not told",
          event.kind(),
          QilinException.quote(event.rule().name()),
          e);
    }
  }

  /** The worse of its two threads, with the counts. */
  public HealthResult health() {
    HealthResult reading = Objects.requireNonNull(reader, "reader").health();
    HealthResult judging = Objects.requireNonNull(judge, "judge").health();
    HealthResult worse = judging.status().compareTo(reading.status()) > 0 ? judging : reading;
    return worse
        .with("told", told.get())
        .with("sink-failures", sinkFailures.get())
        .with(
            "rules-without-data",
            engine.states().values().stream().filter(AlertState.NO_DATA::equals).count());
  }

  /** Ends both threads; the sink stays open. */
  @Override
  public void close() {
    Objects.requireNonNull(reader, "reader").close();
    Objects.requireNonNull(judge, "judge").close();
  }

  /** What may be set otherwise. For one thread. */
  public static final class Builder {
    private final AlertEngine engine;
    private final Supplier<Map<String, Reading>> supplier;
    private final AlertSink sink;
    private final Clock clock;
    private final LongSupplier ticker;
    private Duration every = Duration.ofSeconds(15);
    private Duration staleAfter = Duration.ofSeconds(60);
    private Duration longest = Duration.ofSeconds(30);

    private Builder(
        AlertEngine engine,
        Supplier<Map<String, Reading>> supplier,
        AlertSink sink,
        Clock clock,
        LongSupplier ticker) {
      this.engine = Objects.requireNonNull(engine, "engine");
      this.supplier = Objects.requireNonNull(supplier, "readings");
      this.sink = Objects.requireNonNull(sink, "sink");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** Time between two readings and between two judgements; 15 s unless set. */
    public Builder every(Duration pause) {
      every = Lengths.withinADay(pause, "every");
      return this;
    }

    /** Readings that are older count as missing; 60 s unless set. */
    public Builder staleAfter(Duration age) {
      staleAfter = Lengths.withinADay(age, "staleAfter");
      return this;
    }

    /** A reading or judgement that lasts longer is a hanging one; 30 s unless set. */
    public Builder longest(Duration time) {
      longest = Lengths.withinADay(time, "longest");
      return this;
    }

    /**
     * Starts both threads.
     *
     * @throws QilinException INVALID_CONFIGURATION if readings would be too old before they are read again
     */
    public AlertWatch start() {
      AlertWatch made = build();
      made.reader = Worker.start("qilin-alert-reader", made::read, ticker, longest);
      made.judge = Worker.start("qilin-alert-judge", made::judge, ticker, longest);
      return made;
    }

    /** Without threads. */
    AlertWatch build() {
      if (staleAfter.compareTo(every) <= 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "staleAfter must be longer than every, was " + staleAfter + " and " + every);
      }
      return new AlertWatch(this);
    }
  }
}
