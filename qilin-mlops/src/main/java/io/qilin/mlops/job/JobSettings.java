package io.qilin.mlops.job;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * Limits and periods of a {@link JobService}.
 *
 * @param parallelism how many jobs this process runs at once, 1 to 1,000
 * @param maxQueued how many jobs may wait in the store, at least 1
 * @param keptEvents how many events of a job are kept, 100 to 1,000,000; changes of state are kept besides
 * @param round how often the service looks after its jobs, 1 ms to 10 s
 * @param lease after how long without a sign of life the others take a process for dead, 1 s to 1 h; at least ten rounds
 * @param grace how long a body has to heed a cancellation before it is interrupted and given up, 1 ms to 10 min
 * @param heartbeat after how long without an event a subscriber gets a heartbeat, 1 ms to 1 h
 * @param alone the host warrants that no other process uses the store: jobs that a dead process left RUNNING are seen to when
 *     the service opens instead of after a lease
 */
public record JobSettings(
    int parallelism,
    int maxQueued,
    int keptEvents,
    Duration round,
    Duration lease,
    Duration grace,
    Duration heartbeat,
    boolean alone) {
  /** Two jobs at once, 10,000 waiting, 10,000 events, rounds of 200 ms, lease 30 s, grace 5 s, heartbeat 15 s, not alone. */
  public static final JobSettings DEFAULT = new JobSettings(
      2,
      10_000,
      10_000,
      Duration.ofMillis(200),
      Duration.ofSeconds(30),
      Duration.ofSeconds(5),
      Duration.ofSeconds(15),
      false);

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT naming the first value that is out of its range
   */
  public JobSettings {
    requireWithin("parallelism", parallelism, 1, 1_000);
    requireWithin("maxQueued", maxQueued, 1, Integer.MAX_VALUE);
    requireWithin("keptEvents", keptEvents, 100, 1_000_000);
    requireWithin("round", round, Duration.ofMillis(1), Duration.ofSeconds(10));
    requireWithin("lease", lease, Duration.ofSeconds(1), Duration.ofHours(1));
    requireWithin("grace", grace, Duration.ofMillis(1), Duration.ofMinutes(10));
    requireWithin("heartbeat", heartbeat, Duration.ofMillis(1), Duration.ofHours(1));
    if (round.multipliedBy(10).compareTo(lease) > 0) {
      throw QilinException.invalid("a lease lasts ten rounds or more, or it ends between two of"
          + " them: the lease is " + lease + ", a round " + round);
    }
  }

  /** The same with another {@link #parallelism}. */
  public JobSettings withParallelism(int jobs) {
    return new JobSettings(jobs, maxQueued, keptEvents, round, lease, grace, heartbeat, alone);
  }

  /** The same with another {@link #maxQueued}. */
  public JobSettings withMaxQueued(int jobs) {
    return new JobSettings(parallelism, jobs, keptEvents, round, lease, grace, heartbeat, alone);
  }

  /** The same with another {@link #keptEvents}. */
  public JobSettings withKeptEvents(int events) {
    return new JobSettings(parallelism, maxQueued, events, round, lease, grace, heartbeat, alone);
  }

  /** The same with another {@link #round}. */
  public JobSettings withRound(Duration every) {
    return new JobSettings(
        parallelism, maxQueued, keptEvents, every, lease, grace, heartbeat, alone);
  }

  /** The same with another {@link #lease}. */
  public JobSettings withLease(Duration length) {
    return new JobSettings(
        parallelism, maxQueued, keptEvents, round, length, grace, heartbeat, alone);
  }

  /** The same with another {@link #grace}. */
  public JobSettings withGrace(Duration length) {
    return new JobSettings(
        parallelism, maxQueued, keptEvents, round, lease, length, heartbeat, alone);
  }

  /** The same with another {@link #heartbeat}. */
  public JobSettings withHeartbeat(Duration after) {
    return new JobSettings(parallelism, maxQueued, keptEvents, round, lease, grace, after, alone);
  }

  /** The same, {@link #alone}. */
  public JobSettings withoutOthers() {
    return new JobSettings(
        parallelism, maxQueued, keptEvents, round, lease, grace, heartbeat, true);
  }

  private static void requireWithin(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw QilinException.invalid(
          name + " of a job service is " + least + " to " + most + ", was " + value);
    }
  }

  private static void requireWithin(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw QilinException.invalid(
          name + " of a job service is " + least + " to " + most + ", was " + value);
    }
  }
}
