package io.qilin.openlineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.Transport;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.lineage.FailedStep;
import io.qilin.data.lineage.LineageGraph;
import io.qilin.data.lineage.LineageLog;
import io.qilin.data.lineage.LineageStep;
import io.qilin.data.lineage.OpenLineageJson;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends lineage as run events of OpenLineage, by a transport of its Java client. Every event is first put into an outbox on
 * the disk, in the order of the steps, and taken out when the transport has taken it; so a server that is down, or the end
 * of the process, loses nothing. An event may arrive twice, as the same run with the same type: servers that go by the run's
 * name keep one. The names follow from the content of a step, so a replay names the same runs.
 *
 * <p>The transport is called on the executor, one event after the other. When it fails, sending rests for {@link
 * Builder#retryAfter}; the next {@code send} after that, or {@link #drain}, goes on. An event that the server answers with
 * 400, 413 or 422 would stop all others for ever: it goes to the file {@code .refused} beside the outbox and is counted.
 *
 * <p>It takes a transport and not the whole client, as the client's circuit breaker drops events without a word. The
 * transport stays the host's to close. Thread-safe.
 */
public final class LineageSender implements AutoCloseable {
  private static final Duration LONGEST_REST = Duration.ofDays(1);
  private static final long SMALLEST = 1L << 12;
  private static final long LARGEST = 1L << 34;

  private final Transport transport;
  private final OpenLineageJson events;
  private final Outbox outbox;
  private final Executor executor;
  private final Clock clock;
  private final Duration retryAfter;

  private final Object sending = new Object();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final LongAdder sent = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile Optional<String> lastFailure = Optional.empty();
  private volatile Optional<Instant> failedAt = Optional.empty();
  private volatile boolean closed;

  private LineageSender(Builder from, Outbox outbox) {
    this.transport = from.transport;
    this.events = from.events;
    this.outbox = outbox;
    this.executor = from.executor;
    this.clock = from.clock;
    this.retryAfter = from.retryAfter;
  }

  /**
   * Starts a sender.
   *
   * @param transport for example {@code HttpTransport.builder().uri(…).build()}
   * @param events names jobs and data sets
   * @param outbox the file in which events wait; its folder must exist
   * @param executor where the transport is called; it should not run tasks on the calling thread, as {@code send} would then
   *     wait for the server
   * @param clock for the rest after a failure
   */
  public static Builder builder(
      Transport transport, OpenLineageJson events, Path outbox, Executor executor, Clock clock) {
    return new Builder(transport, events, outbox, executor, clock);
  }

  /**
   * Takes all steps of a graph.
   *
   * @throws QilinException LIMIT_EXCEEDED if the outbox is full or an event too large; INVALID_ARGUMENT when closed; IO. The
   *     steps before that one stay taken; a step is taken with both of its events or not at all
   */
  public void send(LineageGraph graph) {
    try {
      graph.steps().forEach(step -> outbox.append(events.events(graph, step)));
    } finally {
      // Also when the outbox is full: nothing but sending makes room.
      wake();
    }
  }

  /**
   * Takes one step.
   *
   * @param graph where it is told what was found about the step's inputs
   * @throws QilinException as {@link #send(LineageGraph)}
   */
  public void send(LineageGraph graph, LineageStep step) {
    take(events.events(graph, step));
  }

  /**
   * Takes a step that failed.
   *
   * @throws QilinException as {@link #send(LineageGraph)}
   */
  public void send(FailedStep step) {
    take(events.failure(step));
  }

  private void take(List<String> pair) {
    try {
      outbox.append(pair);
    } finally {
      wake();
    }
  }

  /**
   * Takes all steps of a log, and sends them on this thread. May be called again after a failure: servers know the runs that
   * they have.
   *
   * @return how many events the log has
   * @throws QilinException as {@link #drain} and {@link LineageLog#graph}
   */
  public long backfill(LineageLog log) {
    LineageGraph graph = log.graph();
    long count = 0;
    for (LineageStep step : graph.steps()) {
      if (outbox.halfFull()) {
        drain();
      }
      List<String> pair = events.events(graph, step);
      outbox.append(pair);
      count += pair.size();
    }
    drain();
    return count;
  }

  /**
   * Sends all that waits, on this thread, whether or not sending rests.
   *
   * @return how many events left the outbox
   * @throws QilinException NETWORK if the transport failed, AUTHENTICATION or INVALID_CONFIGURATION if the server's answer was
   *     401, 403 or 404; CANCELLED if the thread is interrupted; IO. What was not sent waits
   */
  public long drain() {
    synchronized (sending) {
      try {
        long count = 0;
        for (Optional<String> event = next(); event.isPresent(); event = next()) {
          emit(event.get());
          count++;
        }
        return count;
      } catch (QilinException e) {
        failed(String.valueOf(e.getMessage()));
        if (e.code() != ErrorCode.CANCELLED) {
          failedAt = Optional.of(clock.instant());
        }
        throw e;
      }
    }
  }

  private Optional<String> next() {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
    return closed ? Optional.empty() : outbox.next();
  }

  private static QilinException interrupted() {
    return new QilinException(
        ErrorCode.CANCELLED, "interrupted while lineage was sent; the rest waits in the outbox");
  }

  private void emit(String json) {
    OpenLineage.RunEvent event;
    try {
      event = OpenLineageClientUtils.runEventFromJson(json);
    } catch (RuntimeException e) {
      refuse(json, "the client cannot read an event: " + e.getClass().getSimpleName());
      return;
    } catch (LinkageError e) {
      throw SendFailure.of(e);
    }
    try {
      transport.emit(event);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      QilinException failure = SendFailure.of(e);
      if (SendFailure.isAboutTheEvent(e)) {
        refuse(json, String.valueOf(failure.getMessage()));
        return;
      }
      throw Thread.currentThread().isInterrupted() ? interrupted() : failure;
    }
    outbox.sent(json);
    sent.increment();
    lastFailure = Optional.empty();
    failedAt = Optional.empty();
  }

  private void refuse(String json, String message) {
    failed(message);
    outbox.refused(json);
    refused.increment();
  }

  private void failed(String message) {
    failures.increment();
    lastFailure = Optional.of(message);
  }

  /** Sends on the executor, unless that is under way, or sending rests. */
  private void wake() {
    if (closed
        || outbox.pending() == 0
        || failedAt.filter(this::isRecent).isPresent()
        || !scheduled.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::sendQuietly);
    } catch (RuntimeException | OutOfMemoryError e) {
      // An executor that is full, shut down or gets no thread: the events wait for the next call.
      scheduled.set(false);
      failed("the executor refused to send: " + e.getClass().getSimpleName());
    }
  }

  /** Not so if the clock was set back since: that would let sending rest for as long. */
  private boolean isRecent(Instant failure) {
    Instant now = clock.instant();
    return !now.isBefore(failure) && now.isBefore(failure.plus(retryAfter));
  }

  private void sendQuietly() {
    boolean well;
    do {
      well = false;
      try {
        drain();
        well = true;
      } catch (QilinException e) {
        // Told by the status.
      } finally {
        scheduled.set(false);
      }
      // What was put between the last look and now found somebody at work.
    } while (well && !closed && outbox.pending() > 0 && scheduled.compareAndSet(false, true));
  }

  /** What became of the events. */
  public SenderStatus status() {
    return new SenderStatus(
        sent.sum(), refused.sum(), outbox.pending(), failures.sum(), lastFailure);
  }

  /** Waits for the event that is being sent, and puts the outbox on the disk; what waits is sent by the next sender. */
  @Override
  public void close() {
    closed = true;
    synchronized (sending) {
      outbox.close();
    }
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final Transport transport;
    private final OpenLineageJson events;
    private final Path outbox;
    private final Executor executor;
    private final Clock clock;
    private long maxOutboxBytes = 1L << 26;
    private Duration retryAfter = Duration.ofSeconds(30);

    private Builder(
        Transport transport, OpenLineageJson events, Path outbox, Executor executor, Clock clock) {
      this.transport = Objects.requireNonNull(transport, "transport");
      this.events = Objects.requireNonNull(events, "events");
      this.outbox = Objects.requireNonNull(outbox, "outbox");
      this.executor = Objects.requireNonNull(executor, "executor");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** How large the outbox may get, 4 KiB to 16 GiB; 64 MiB unless set. It is emptied whenever all is sent. */
    public Builder maxOutboxBytes(long bytes) {
      maxOutboxBytes = bytes;
      return this;
    }

    /** How long sending rests after a failure, up to a day; 30 seconds unless set. */
    public Builder retryAfter(Duration rest) {
      retryAfter = Objects.requireNonNull(rest, "retryAfter");
      return this;
    }

    /**
     * Opens the outbox. What an earlier process left in it is sent with the first event, or by {@link LineageSender#drain}.
     *
     * @throws QilinException INVALID_CONFIGURATION for a setting out of its range; DATA_FORMAT if the outbox is damaged, or the
     *     file is none; DATA_CONFLICT if another sender has it open; IO
     */
    public LineageSender open() {
      if (maxOutboxBytes < SMALLEST || maxOutboxBytes > LARGEST) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "an outbox has " + SMALLEST + " to " + LARGEST + " bytes, not " + maxOutboxBytes);
      }
      if (retryAfter.isNegative() || retryAfter.compareTo(LONGEST_REST) > 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "sending rests for up to " + LONGEST_REST + ", not " + retryAfter);
      }
      return new LineageSender(this, Outbox.open(outbox, maxOutboxBytes));
    }
  }
}
