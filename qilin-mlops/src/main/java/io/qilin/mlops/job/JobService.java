package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;

/**
 * Runs training jobs in this process, from a queue in a database. A job that {@link #submit} accepted survives when the process
 * is killed; every change of its state is written before it counts.
 *
 * <p>Several processes may share one database. A job is run by the one that claimed it; two never run it at once: a claim is one
 * transaction, and what a run writes is refused once the job is another's. A process that gives no sign of life for a {@link
 * JobSettings#lease} is taken for dead by the others, each by its own ticker: the clock of no machine has a say. Its jobs are
 * FAILED, or QUEUED again if their {@link JobRequest#restarts} allow. The process itself stops its bodies after half of that
 * time; so only a body that heeds neither its cancellation nor an interrupt can still be busy when the job is run again.
 *
 * <p>A body whose time is up is interrupted, and its job is FAILED with TIMEOUT at once; if it does not end, the thread it has
 * is counted as {@link JobCapacity#lost}. While the store cannot be written, bodies run on, results wait in memory, and nothing
 * new is begun.
 *
 * <p>All work is done on the host's {@link JobThreads}. Safe to share between threads. Methods return within the time of a
 * transaction; {@link #close} within the grace.
 */
public final class JobService implements TrainingExecutor {
  private static final int MOST_LISTED = 10_000;

  private final JobStore store;
  private final Clock clock;
  private final Set<String> kinds;
  private final int maxQueued;
  private final EventFeed feed;
  private final Rounds rounds;
  private volatile boolean closed;

  private JobService(Builder builder) {
    clock = builder.clock;
    kinds = Set.copyOf(builder.kinds);
    maxQueued = builder.settings.maxQueued();
    store = new JobStore(builder.database, builder.settings.keptEvents());
    if (builder.settings.alone()) {
      store.buryAll(clock.millis());
    }
    feed = new EventFeed(
        store, builder.threads.subscribers(), clock, builder.ticker, builder.settings);
    rounds = new Rounds(
        store, builder.threads, clock, builder.ticker, builder.settings, builder.bodies, feed);
    rounds.begin();
  }

  /**
   * Begins to describe a service.
   *
   * @param database where the jobs are; the host closes it, after the service
   * @param clock tells the times in records and events; it decides nothing
   * @param ticker nanoseconds that never go back, such as {@code System::nanoTime}
   * @param threads the host's
   */
  public static Builder builder(
      Database database, Clock clock, LongSupplier ticker, JobThreads threads) {
    return new Builder(database, clock, ticker, threads);
  }

  @Override
  public JobId submit(JobRequest request) {
    requireOpen();
    if (!kinds.contains(request.kind())) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "nobody runs jobs of kind " + QilinException.quote(request.kind()) + "; known are "
              + new TreeSet<>(kinds));
    }
    JobId id = JobId.of(store.submit(request, maxQueued, clock.millis()));
    rounds.wake();
    return id;
  }

  @Override
  public Job job(JobId id) {
    requireOpen();
    return store.find(number(id)).orElseThrow(() -> unknown(id));
  }

  @Override
  public boolean cancel(JobId id) {
    requireOpen();
    boolean heard = store.cancel(number(id), clock.millis()).orElseThrow(() -> unknown(id));
    rounds.wake();
    return heard;
  }

  @Override
  public Flow.Publisher<JobEvent> events(JobId id, long after) {
    requireOpen();
    if (after < 0) {
      throw QilinException.invalid("events are numbered from 1, 0 is before all, was " + after);
    }
    long number = number(id);
    if (store.page(number, 0, 0).isEmpty()) {
      throw unknown(id);
    }
    return subscriber ->
        feed.subscribe(number, after, Objects.requireNonNull(subscriber, "subscriber"));
  }

  /**
   * The jobs that are in one of these states, the newest first.
   *
   * @param limit how many at most, 1 to 10,000
   */
  public List<Job> jobs(Set<JobState> states, int limit) {
    requireOpen();
    if (limit < 1 || limit > MOST_LISTED) {
      throw QilinException.invalid("1 to " + MOST_LISTED + " jobs are listed, was " + limit);
    }
    return states.isEmpty() ? List.of() : List.copyOf(store.list(states, limit));
  }

  /** Forgets all jobs that ended before a moment, with their events and keys; gives how many. */
  public int forgetEndedBefore(Instant moment) {
    requireOpen();
    return store.forget(moment.toEpochMilli());
  }

  /** How many jobs run, and what keeps others from running. */
  public JobCapacity capacity() {
    return rounds.capacity();
  }

  /**
   * Begins no more jobs, asks the bodies that run to stop and gives them {@link JobSettings#grace}. Jobs that had to stop are
   * QUEUED again if their requests allow, else FAILED with CANCELLED; one whose body did not heed is FAILED with TIMEOUT.
   * Subscribers are told. Closing again does nothing.
   */
  @Override
  public void close() {
    closed = true;
    rounds.close();
    feed.close();
  }

  /** One look after all; called by the schedule, and by tests. */
  void round() {
    rounds.run();
  }

  private void requireOpen() {
    if (closed) {
      throw QilinException.invalid("the job service is closed");
    }
  }

  private static long number(JobId id) {
    try {
      return Long.parseLong(id.value());
    } catch (NumberFormatException e) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "there is no job " + id, e);
    }
  }

  private static QilinException unknown(JobId id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND, "there is no job " + id + "; it may have been forgotten");
  }

  /** Describes a service. Confined to one thread. */
  public static final class Builder {
    private final Database database;
    private final Clock clock;
    private final LongSupplier ticker;
    private final JobThreads threads;
    private final Map<String, JobBody> bodies = new HashMap<>();
    private final Set<String> kinds = new HashSet<>();
    private JobSettings settings = JobSettings.DEFAULT;

    private Builder(Database database, Clock clock, LongSupplier ticker, JobThreads threads) {
      this.database = Objects.requireNonNull(database, "database");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.threads = Objects.requireNonNull(threads, "threads");
    }

    /**
     * Runs jobs of a kind.
     *
     * @throws QilinException INVALID_ARGUMENT if the kind has a body already, or cannot be a name
     */
    public Builder body(String kind, JobBody body) {
      kind(kind);
      bodies.put(kind, Objects.requireNonNull(body, "body"));
      return this;
    }

    /** Accepts jobs of a kind that another process on the same database runs; as {@link #body}. */
    public Builder kindOfOthers(String kind) {
      kind(kind);
      return this;
    }

    /** Other limits; {@link JobSettings#DEFAULT} unless set. */
    public Builder settings(JobSettings other) {
      settings = Objects.requireNonNull(other, "settings");
      return this;
    }

    /**
     * Opens the service; jobs that wait are begun.
     *
     * @throws QilinException STORE_UNAVAILABLE and others of {@link Database#write}; RESOURCE_EXHAUSTED if the rounds take no work
     */
    public JobService open() {
      return new JobService(this);
    }

    private void kind(String kind) {
      JobTexts.require("a job's kind", kind, 128);
      if (!kinds.add(kind)) {
        throw QilinException.invalid("the kind " + QilinException.quote(kind) + " stands twice");
      }
    }
  }
}
