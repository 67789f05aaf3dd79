package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.util.Duration;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a host and its log so that no flood and no sink harms the host: callers hand an event over and go on, one thread
 * writes. Memory is bounded, by number and by size; what cannot be written is counted, exactly: see {@link #account}.
 *
 * <p><b>INFO, DEBUG and TRACE.</b> Each logger and level has a rate, 1,000 lines a second with bursts of 2,000; what is above it is
 * sampled out. The rest waits in a ring of 8,192 events and 8 MiB; when that is full, it is dropped. The caller never waits.
 *
 * <p><b>ERROR, WARN and what has the marker AUDIT</b> is never sampled. It waits in a ring of its own, of 65,536 events and 12 MiB. When
 * that is full, 8 MiB more take events in a short form: 1,024 characters of the message, the three fields, 8 frames. When those are
 * full too, the caller waits up to 5 ms, once for each stand-still of the sink; only then is the event dropped, and {@link #health}
 * is UNHEALTHY for 10 s. While a sink fails, such events stay and are tried again each 100 ms; where there are several sinks, one
 * that fails holds up the others.
 *
 * <p>At most each 10 s a line of its own says what was lost. {@link #stop} writes what waits for up to 2 s, then ends the thread, for
 * which a sink that hangs gets up to 5 s, and counts the rest as dropped. Sinks get masked events (see {@link #setMasker}), without arguments and without the exception itself.
 * Attach {@link CappedFileAppender}: file appenders of Logback's own do not tell that a disk is full, so their losses count as
 * written.
 *
 * <p>Safe for use by several threads; settings are for before the start, but for the masker.
 */
public final class SampledAppender extends MaskedAppenders {
  private static final String LOGGER = "io.qilin.ops.logging";

  private static final long MOST_DRAIN_MILLIS = 600_000;

  private final LogAccount account = new LogAccount();
  private volatile LongSupplier ticker = System::nanoTime;
  private volatile int linesPerSecond = 1_000;
  private volatile int burst = 2_000;
  private volatile int ordinaryEvents = 8_192;
  private volatile int importantEvents = 65_536;
  private volatile Duration drainTime = Duration.buildBySeconds(2);
  private volatile @Nullable EventPipe pipe;

  /** For Logback, and for hosts that set it up in code. */
  public SampledAppender() {}

  /** Monotonic nanoseconds; {@code System::nanoTime} unless set. */
  public void setTicker(LongSupplier nanos) {
    ticker = Objects.requireNonNull(nanos, "nanos");
  }

  /** How many lines a second of one logger and level below WARN are let through; 1,000 unless set. */
  public void setLinesPerSecond(int lines) {
    linesPerSecond = lines;
  }

  /** How many of them at once after a quiet time; 2,000 unless set. */
  public void setBurst(int lines) {
    burst = lines;
  }

  /** How many events below WARN wait at most, rounded up to a power of two; 8,192 unless set. */
  public void setOrdinaryEvents(int most) {
    ordinaryEvents = most;
  }

  /** How many events of WARN, ERROR and AUDIT wait at most, rounded up to a power of two; 65,536 unless set. */
  public void setImportantEvents(int most) {
    importantEvents = most;
  }

  /** How long a stop writes what waits, for example {@code 2 seconds}, at most 10 minutes; 2 s unless set. */
  public void setDrainTime(Duration most) {
    drainTime = most;
  }

  @Override
  public void start() {
    List<Outlet> outlets = new ArrayList<>();
    for (Iterator<Appender<ILoggingEvent>> all = iteratorForAppenders(); all.hasNext(); ) {
      outlets.add(new Outlet(all.next()));
    }
    String wrong = wrong(outlets);
    if (wrong != null) {
      addError("the log named " + getName() + " does not start: " + wrong);
      return;
    }
    if (!isStarted()) {
      pipe = new EventPipe(
          "qilin-log-" + getName(),
          new SampleRates(linesPerSecond, burst, ticker.getAsLong()),
          new EventQueue(ordinaryEvents, importantEvents, this::masked),
          outlets,
          account,
          this::masked,
          this::notice,
          ticker);
    }
    super.start();
  }

  private @Nullable String wrong(List<Outlet> outlets) {
    if (outlets.isEmpty()) {
      return "there is no appender in it; add one with <appender-ref>";
    }
    if (linesPerSecond < 1 || linesPerSecond > 10_000_000 || burst < 1 || burst > 10_000_000) {
      return "linesPerSecond and burst are 1 to 10,000,000";
    }
    if (ordinaryEvents < 16
        || importantEvents < 16
        || Math.max(ordinaryEvents, importantEvents) > 1 << 20) {
      return "ordinaryEvents and importantEvents are 16 to 1,048,576";
    }
    if (drainTime.getMilliseconds() < 0 || drainTime.getMilliseconds() > MOST_DRAIN_MILLIS) {
      return "drainTime is 0 to 10 minutes";
    }
    return null;
  }

  /** A line of its own, in no account. */
  private HeldEvent notice(String text) {
    LoggerContext context =
        getContext() instanceof LoggerContext hosts ? hosts : new LoggerContext();
    return EventReader.uncounted(
        new LoggingEvent(LOGGER, context.getLogger(LOGGER), Level.WARN, text, null, new Object[0]));
  }

  @Override
  protected void append(ILoggingEvent event) {
    EventPipe now = pipe;
    if (now != null) {
      now.offer(event, this::read);
    }
  }

  /**
   * What became of all events; bind it to a {@code MeterRegistry} for {@code qilin.log.events}. For each level, offered = written +
   * sampled + dropped + waiting; after a stop, nothing waits.
   */
  public LogAccount account() {
    return account;
  }

  /** HEALTHY; DEGRADED while it drops or the sink fails; UNHEALTHY when it lost what is important, stands still or is stopped. */
  public HealthResult health() {
    EventPipe now = pipe;
    return now == null
        ? HealthResult.unhealthy("the log named " + getName() + " is not started")
        : now.health();
  }

  @Override
  public void stop() {
    EventPipe last = pipe;
    if (!isStarted() || last == null) {
      return;
    }
    super.stop();
    long dropped = account.count(LogOutcome.DROPPED);
    last.close(java.time.Duration.ofMillis(drainTime.getMilliseconds()));
    long rest = account.count(LogOutcome.DROPPED) - dropped;
    if (rest > 0) {
      addWarn("the log named " + getName() + " was stopped with " + rest + " lines unwritten");
    }
    detachAndStopAllAppenders();
  }
}
