package io.qilin.ops.reload;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.config.Loaded;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as it is now: read again when its files change, whole or not at all.
 *
 * <p>A change is seen by the operating system's word (rename, write in place, delete and re-create, the swap of a link as
 * Kubernetes does it), and by a look at the bytes every poll interval, which needs nobody's word and is the only way on network
 * drives. What the files hold is read once it has stayed the same for the debounce time, and counts if the bytes were the same
 * before and after it was read. It is parsed and validated whole; then one reference is swapped. What is invalid or half written
 * changes nothing: the old configuration stays, {@link #health} and a {@link ConfigEvent.Refused} say why, once for each reason,
 * and the next valid one counts by itself. What is refused is tried again every poll interval, for a key may come back. Other
 * bytes with the same settings are no change.
 *
 * <p>Each listener has a queue of its own, delivered on the caller's executor, or without one on a thread of its own. Beyond its
 * bound the two oldest events become one that says so; the newest are all there, in order.
 *
 * <p>Safe for use by several threads. {@link #current} reads one volatile field; two calls may be on both sides of a change, so
 * take all that belongs together from one value. Durations are by the ticker, the clock is for stamps only.
 *
 * @param <T> the host's own type, immutable
 */
public final class LiveConfig<T> implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration UNSETTLED = Duration.ofSeconds(10);

  private final Reloader<T> reloader;
  private final FolderWatch watch;
  private final List<ListenerQueue<T>> queues;
  private final long pollNanos;
  private final long gapNanos;
  private final long unsettledNanos;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Worker worker;

  private LiveConfig(Builder<T> builder) {
    this.pollNanos = builder.poll.toNanos();
    // So that a busy folder does not have the files read without end.
    this.gapNanos = Math.max(builder.debounce.toNanos() / 5, TimeUnit.MILLISECONDS.toNanos(5));
    this.unsettledNanos = builder.debounce.plus(UNSETTLED).toNanos();
    List<ListenerQueue<T>> made = new ArrayList<>();
    this.queues = made;
    this.reloader = new Reloader<>(
        builder.loader,
        builder.clock,
        builder.ticker,
        builder.debounce.toNanos(),
        pollNanos,
        event -> made.forEach(queue -> queue.add(event)));
    this.watch = builder.watch;
    Duration longest = builder.poll.plus(builder.debounce).plus(PATIENCE);
    for (ConfigListener<T> listener : builder.listeners) {
      made.add(new ListenerQueue<>(
          listener,
          builder.queue,
          builder.executor,
          "qilin-config-listener-" + (made.size() + 1),
          builder.ticker,
          longest));
    }
    this.worker = Worker.start("qilin-config-watch", this::step, builder.ticker, longest);
  }

  /**
   * A live configuration in the making.
   *
   * @param loader reads the files
   * @param clock for the stamps of versions
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static <T> Builder<T> builder(ConfigLoader<T> loader, Clock clock, LongSupplier ticker) {
    return builder(Objects.requireNonNull(loader, "loader")::load, clock, ticker);
  }

  /**
   * A live configuration in the making, read by any code.
   *
   * @param loader reads it, and says from which files; with no file only {@link #reloadNow} reads again
   * @param clock for the stamps of versions
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static <T> Builder<T> builder(
      Supplier<Loaded<T>> loader, Clock clock, LongSupplier ticker) {
    return new Builder<>(
        Objects.requireNonNull(loader, "loader"),
        Objects.requireNonNull(clock, "clock"),
        Objects.requireNonNull(ticker, "ticker"));
  }

  /** What is in use now; the last one after {@link #close}. */
  public T current() {
    return reloader.snapshot().value();
  }

  /** What is in use now, with its version and its origins. */
  public ConfigSnapshot<T> snapshot() {
    return reloader.snapshot();
  }

  /**
   * Reads now, on this thread, without waiting for a change or for the files to settle. If the settings are the same, but the value
   * is not equal to the one in use, because a secret changed where it is kept, it is put in use too.
   *
   * @return what is in use then
   * @throws QilinException what refuses the configuration, and the old one stays; CONFLICT if the files change all the time;
   *     TIMEOUT after 30 s behind another reload; CANCELLED if the thread is interrupted
   */
  public ConfigSnapshot<T> reloadNow() {
    boolean mine;
    try {
      mine = turn.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "interrupted before a reload", e);
    }
    if (!mine) {
      throw new QilinException(
          ErrorCode.TIMEOUT, "another reload of the configuration lasts longer than " + PATIENCE);
    }
    try {
      return reloader.readNow();
    } finally {
      turn.unlock();
      kick();
    }
  }

  private void kick() {
    queues.forEach(ListenerQueue::kick);
  }

  /** One look, and then the wait for the next reason to look. */
  private Duration step() throws InterruptedException {
    boolean watching;
    long due;
    turn.lockInterruptibly();
    try {
      watching = watch.follow(reloader.files());
      reloader.look();
      due = reloader.dueIn(pollNanos);
    } finally {
      turn.unlock();
    }
    kick();
    if (!watching) {
      return Duration.ofNanos(Math.max(due, gapNanos));
    }
    return Duration.ofNanos(watch.await(due) ? gapNanos : 0);
  }

  /**
   * HEALTHY while what the files hold is in use and they are watched; DEGRADED, with the reason, while the old configuration stays
   * because the new one is refused, while files change without an end, or while changes are only found by polling because watching
   * failed; UNHEALTHY if nobody looks any more. Facts: version, since, watch, watch-overflows, refusals, listener-failures,
   * listener-skipped, listener-waiting.
   */
  public HealthResult health() {
    ConfigSnapshot<T> now = reloader.snapshot();
    HealthResult work = worker.health();
    List<String> reasons = new ArrayList<>();
    reloader
        .refusal()
        .ifPresent(reason -> reasons.add(
            "the configuration is refused and version " + now.version() + " stays: " + reason));
    if (reloader.unsettledNanos() > unsettledNanos) {
      reasons.add("the files change all the time and version " + now.version() + " stays");
    }
    if (!watch.trouble().isEmpty()) {
      reasons.add(watch.trouble() + "; it is polled every " + Duration.ofNanos(pollNanos));
    }
    HealthStatus own = reasons.isEmpty() ? HealthStatus.HEALTHY : HealthStatus.DEGRADED;
    if (!work.reason().isEmpty()) {
      reasons.add(0, work.reason());
    }
    boolean polled = !watch.offered() || !watch.trouble().isEmpty();
    return new HealthResult(own.worse(work.status()), String.join("; ", reasons), work.facts())
        .with("version", now.version())
        .with("since", now.at())
        .with("watch", polled ? "polling" : "events and polling")
        .with("watch-overflows", watch.overflows())
        .with("refusals", reloader.refusals())
        .with("listener-failures", sum(ListenerQueue::failures))
        .with("listener-skipped", sum(ListenerQueue::skipped))
        .with("listener-waiting", sum(ListenerQueue::waiting));
  }

  private long sum(ToLongFunction<ListenerQueue<T>> each) {
    return queues.stream().mapToLong(each).sum();
  }

  /**
   * Ends looking and telling; what was not told is not told. {@link #current} goes on answering. Waits up to 5 s for a look that is
   * under way, and as long for each listener that is at work on a thread of its own.
   */
  @Override
  public void close() {
    worker.close();
    queues.forEach(ListenerQueue::close);
    watch.close();
  }

  /**
   * A live configuration in the making. Not thread-safe.
   *
   * @param <T> the host's own type
   */
  public static final class Builder<T> {
    private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
    private static final Duration LONGEST_POLL = Duration.ofDays(1);
    private static final Duration LONGEST_DEBOUNCE = Duration.ofMinutes(1);
    private static final int MOST_WAITING = 100_000;

    private final Supplier<Loaded<T>> loader;
    private final Clock clock;
    private final LongSupplier ticker;
    private final List<ConfigListener<T>> listeners = new ArrayList<>();
    private Duration debounce = Duration.ofMillis(250);
    private Duration poll = Duration.ofSeconds(5);
    private int queue = 64;
    private @Nullable Executor executor;
    private FolderWatch watch = FolderWatch.ofSystem();

    private Builder(Supplier<Loaded<T>> loader, Clock clock, LongSupplier ticker) {
      this.loader = loader;
      this.clock = clock;
      this.ticker = ticker;
    }

    /**
     * How long the bytes must stay the same before they are read; 250 ms unless set. Zero reads at once, and then a writer that
     * writes in place can be read half way.
     *
     * @throws QilinException INVALID_ARGUMENT below zero or above one minute
     */
    public Builder<T> debounce(Duration quiet) {
      if (quiet.isNegative() || quiet.compareTo(LONGEST_DEBOUNCE) > 0) {
        throw QilinException.invalid("debounce is zero to PT1M, was " + quiet);
      }
      debounce = quiet;
      return this;
    }

    /**
     * How often the bytes are looked at when nothing is heard of a change; 5 s unless set.
     *
     * @throws QilinException INVALID_ARGUMENT below 10 ms or above one day
     */
    public Builder<T> pollInterval(Duration interval) {
      if (interval.compareTo(SHORTEST_POLL) < 0 || interval.compareTo(LONGEST_POLL) > 0) {
        throw QilinException.invalid("pollInterval is PT0.01S to PT24H, was " + interval);
      }
      poll = interval;
      return this;
    }

    /** Is told of changes and refusals; none unless set. */
    public Builder<T> listener(ConfigListener<T> listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * How many events may wait for one listener before the oldest become one; 64 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT below 1 or above 100,000
     */
    public Builder<T> listenerQueue(int most) {
      if (most < 1 || most > MOST_WAITING) {
        throw QilinException.invalid("listenerQueue is 1 to " + MOST_WAITING + ", was " + most);
      }
      queue = most;
      return this;
    }

    /**
     * Where listeners are called; a thread of its own for each unless set. One that runs its work at once, on the calling thread,
     * lets a listener that blocks hold up the next reload.
     */
    public Builder<T> executor(Executor own) {
      executor = Objects.requireNonNull(own, "executor");
      return this;
    }

    Builder<T> watch(FolderWatch other) {
      watch = other;
      return this;
    }

    /**
     * Reads the configuration and begins to watch it.
     *
     * @throws QilinException what refuses the first configuration: there is none to go on with
     */
    public LiveConfig<T> start() {
      return new LiveConfig<>(this);
    }
  }
}
