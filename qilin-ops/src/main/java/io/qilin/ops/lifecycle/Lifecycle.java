package io.qilin.ops.lifecycle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Lengths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the parts of a host, each after those that it depends on, and stops them the other way round.
 *
 * <p>{@link #stop} first closes the gates and waits for the work inside, then stops one part after another. A part that throws
 * or hangs does not keep the others from being stopped; the report says how each ended. If a start fails, what had been started
 * is stopped, and the error holds both. A life cycle runs once.
 *
 * <p>It registers no shutdown hook; the host may: {@code Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::stop))}.
 *
 * <p>Safe to share between threads: starting and stopping are under one lock; the state can be read at any time. Each action runs
 * on a daemon thread of its own, so that one that hangs can be left alone.
 */
public final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** What a part gets when the time for all of them is over. */
  private static final Duration LAST_CHANCE = Duration.ofMillis(100);

  private final List<LifecyclePart> order;
  private final List<DrainGate> gates;
  private final Duration drainWithin;
  private final Duration stopWithin;
  private final Duration lastChance;
  private final LongSupplier ticker;
  private final ReentrantLock changing = new ReentrantLock();
  private final Set<String> started = new HashSet<>();
  /** Whether the thread that holds the lock was interrupted: it hurries, and is told again when it is done. */
  private boolean interrupted;

  private volatile LifecycleState state = LifecycleState.NEW;
  private volatile boolean stopAsked;
  private volatile @Nullable LifecycleReport report;

  private Lifecycle(Builder builder) {
    order = StartOrder.of(builder.parts);
    gates = List.copyOf(builder.gates);
    drainWithin = builder.drainWithin;
    stopWithin = builder.stopWithin;
    lastChance = builder.lastChance;
    ticker = builder.ticker;
  }

  /**
   * Begins a life cycle.
   *
   * @param ticker monotonic nanoseconds
   */
  public static Builder builder(LongSupplier ticker) {
    return new Builder(ticker);
  }

  /** Gathers the parts. Not thread-safe. */
  public static final class Builder {
    private final LongSupplier ticker;
    private final Map<String, LifecyclePart> parts = new LinkedHashMap<>();
    private final List<DrainGate> gates = new ArrayList<>();
    private Duration drainWithin = Duration.ofSeconds(10);
    private Duration stopWithin = Duration.ofSeconds(30);
    private Duration lastChance = LAST_CHANCE;

    private Builder(LongSupplier ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * Adds a part.
     *
     * @throws QilinException INVALID_ARGUMENT if another has its name
     */
    public Builder part(LifecyclePart part) {
      if (parts.putIfAbsent(part.name(), part) != null) {
        throw QilinException.invalid("two parts are named " + QilinException.quote(part.name()));
      }
      return this;
    }

    /** Adds a gate that is drained before the first part is stopped. */
    public Builder gate(DrainGate gate) {
      gates.add(Objects.requireNonNull(gate, "gate"));
      return this;
    }

    /** How long all gates together are waited for; 10 s unless set, a part of the time of {@link #stopWithin}. */
    public Builder drainWithin(Duration deadline) {
      drainWithin = Lengths.positive(deadline, "drainWithin");
      return this;
    }

    /** How long stopping may take with all that belongs to it; 30 s unless set. After it, each part left gets 100 ms. */
    public Builder stopWithin(Duration deadline) {
      stopWithin = Lengths.positive(deadline, "stopWithin");
      return this;
    }

    /** For tests on busy machines. */
    Builder lastChance(Duration length) {
      lastChance = length;
      return this;
    }

    /**
     * Makes the life cycle.
     *
     * @throws QilinException INVALID_ARGUMENT if a part depends on one that is not there, or parts depend on each other in a
     *     circle, which is named
     */
    public Lifecycle build() {
      return new Lifecycle(this);
    }
  }

  /** Where the host is. */
  public LifecycleState state() {
    return state;
  }

  /** How the host ended; empty until it has. */
  public Optional<LifecycleReport> report() {
    return Optional.ofNullable(report);
  }

  /** Readiness: HEALTHY while it runs, UNHEALTHY with the state as reason before and after. */
  public HealthResult health() {
    LifecycleState now = state;
    HealthResult result = now == LifecycleState.RUNNING
        ? HealthResult.healthy()
        : HealthResult.unhealthy("the host is " + now);
    return result
        .with("state", now)
        .with("in-flight", gates.stream().mapToLong(DrainGate::inFlight).sum());
  }

  /**
   * Starts all parts. While it runs already, nothing happens.
   *
   * @throws QilinException the code of the part that failed, or TIMEOUT, with what went wrong while stopping the others
   *     suppressed; CANCELLED if it was told to stop or the thread was interrupted meanwhile; CONFLICT if it has ended before
   */
  public void start() {
    changing.lock();
    try {
      if (state == LifecycleState.RUNNING) {
        return;
      }
      if (state != LifecycleState.NEW || stopAsked) {
        throw new QilinException(
            ErrorCode.CONFLICT, "this life cycle is " + state + " and runs once; build another");
      }
      state = LifecycleState.STARTING;
      for (LifecyclePart part : order) {
        start(part);
      }
      state = LifecycleState.RUNNING;
    } finally {
      changing.unlock();
    }
  }

  private void start(LifecyclePart part) {
    Bounded.Result result = stopAsked
        ? new Bounded.Result(
            true,
            Optional.of(new QilinException(ErrorCode.CANCELLED, "told to stop during the start")))
        : Bounded.run("start " + part.name(), part.start(), part.startWithin(), ticker);
    if (result.error().isEmpty() || !result.over()) {
      // Of one that is not over nobody knows how far it came: its stop is called too.
      started.add(part.name());
    }
    if (result.error().isPresent()) {
      throw unwound(part, result.error().get());
    }
  }

  /** Stops what was started, and says both. */
  private QilinException unwound(LifecyclePart part, QilinException failure) {
    interrupted = Thread.interrupted();
    LifecycleReport ended = stopAll(LifecycleState.FAILED, List.of(), ticker.getAsLong());
    List<String> bad = ended.parts().stream()
        .filter(end -> !end.reason().isEmpty())
        .map(PartEnd::reason)
        .toList();
    String message = String.valueOf(failure.getMessage());
    QilinException both = new QilinException(
        failure.code(),
        "the host did not start, because of " + part.name() + ": "
            + message.substring(message.indexOf(' ') + 1)
            + (bad.isEmpty()
                ? "; what had been started was stopped"
                : "; and of what had been started: " + String.join("; ", bad)),
        failure);
    restoreInterrupt();
    return both;
  }

  /**
   * Takes no more work and waits for what was taken; the parts go on running. {@link #stop} does this first.
   *
   * @return how each gate was drained
   * @throws QilinException CANCELLED if the thread is interrupted; CONFLICT if it does not run
   */
  public List<DrainReport> drain() {
    lock();
    try {
      if (state != LifecycleState.RUNNING && state != LifecycleState.DRAINING) {
        throw new QilinException(
            ErrorCode.CONFLICT, "this life cycle is " + state + ", there is nothing to drain");
      }
      List<DrainReport> drains = drained();
      if (interrupted) {
        throw new QilinException(ErrorCode.CANCELLED, "interrupted while the host was drained");
      }
      return drains;
    } finally {
      restoreInterrupt();
      changing.unlock();
    }
  }

  private List<DrainReport> drained() {
    state = LifecycleState.DRAINING;
    gates.forEach(DrainGate::close);
    long end = ticker.getAsLong() + drainWithin.toNanos();
    List<DrainReport> reports = new ArrayList<>();
    for (DrainGate gate : gates) {
      reports.add(drained(gate, Math.max(0, end - ticker.getAsLong())));
    }
    return reports;
  }

  /** Who is interrupted waits no longer, and goes on with what is left to do. */
  private DrainReport drained(DrainGate gate, long nanos) {
    interrupted |= Thread.interrupted();
    try {
      return gate.drain(Duration.ofNanos(interrupted ? 0 : nanos));
    } catch (QilinException cancelled) {
      LOG.debug("the drain of a gate was cut short", cancelled);
      interrupted |= Thread.interrupted();
      return gate.drain(Duration.ZERO);
    }
  }

  private void restoreInterrupt() {
    if (interrupted) {
      interrupted = false;
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the host: closes and drains the gates, then stops the parts. A second call gives the first one's report.
   *
   * @throws QilinException TIMEOUT if a start under way does not make room within the time for stopping
   */
  public LifecycleReport stop() {
    stopAsked = true;
    lock();
    try {
      LifecycleReport before = report;
      if (before != null) {
        return before;
      }
      long began = ticker.getAsLong();
      List<DrainReport> drains = List.of();
      if (state == LifecycleState.RUNNING || state == LifecycleState.DRAINING) {
        drains = drained();
      }
      return stopAll(LifecycleState.STOPPED, drains, began);
    } finally {
      restoreInterrupt();
      changing.unlock();
    }
  }

  /** As {@link #stop}; what did not stop well is told to the log. */
  @Override
  public void close() {
    stop();
  }

  private void lock() {
    boolean told = false;
    try {
      long end = ticker.getAsLong() + stopWithin.toNanos();
      boolean locked = false;
      do {
        try {
          locked = changing.tryLock(stopWithin.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          told = true;
        }
      } while (!locked && told && ticker.getAsLong() - end < 0);
      if (!locked) {
        throw new QilinException(
            ErrorCode.TIMEOUT,
            "the life cycle is " + state + " and did not make room within " + stopWithin);
      }
    } finally {
      if (told) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private LifecycleReport stopAll(LifecycleState last, List<DrainReport> drains, long began) {
    state = LifecycleState.STOPPING;
    gates.forEach(DrainGate::close);
    long end = began + stopWithin.toNanos();
    List<LifecyclePart> reversed = new ArrayList<>(order);
    Collections.reverse(reversed);
    List<PartEnd> ends = new ArrayList<>();
    for (LifecyclePart part : reversed) {
      ends.add(
          started.contains(part.name())
              ? ended(part, end)
              : new PartEnd(part.name(), PartEnd.How.NOT_STARTED, Duration.ZERO, ""));
    }
    LifecycleReport all =
        new LifecycleReport(last, drains, ends, Duration.ofNanos(ticker.getAsLong() - began));
    report = all;
    state = last;
    if (!all.clean()) {
      LOG.warn("the host did not end well: {}", all);
    }
    return all;
  }

  private PartEnd ended(LifecyclePart part, long end) {
    long before = ticker.getAsLong();
    Duration left = Duration.ofNanos(Math.max(lastChance.toNanos(), end - before));
    Duration deadline = left.compareTo(part.stopWithin()) < 0 ? left : part.stopWithin();
    interrupted |= Thread.interrupted();
    Bounded.Result result = Bounded.run("stop " + part.name(), part.stop(), deadline, ticker);
    PartEnd.How how = !result.over()
        ? PartEnd.How.TIMED_OUT
        : result.error().isPresent() ? PartEnd.How.FAILED : PartEnd.How.STOPPED;
    return new PartEnd(
        part.name(),
        how,
        Duration.ofNanos(ticker.getAsLong() - before),
        result.error().map(QilinException::getMessage).orElse(""));
  }
}
