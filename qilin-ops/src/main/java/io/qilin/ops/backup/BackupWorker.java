package io.qilin.ops.backup;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.internal.Lengths;
import io.qilin.ops.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup again and again, reads each whole, and removes old ones.
 *
 * <p>When it starts, it looks for the newest backup and verifies it: one that is young enough is not made again. Ages are kept by
 * the ticker from then on, so that a clock that jumps neither hides an old backup nor makes one. One that began in the clock's
 * future has no known age and does not count.
 *
 * <p>Safe to share between threads: one lock, which is not held while a backup is made.
 */
public final class BackupWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupWorker.class);

  private final Builder settings;
  private final Backups backups;
  private final Object lock = new Object();
  private boolean looked;
  private boolean asked;
  private int failuresInARow;
  private long made;
  private @Nullable String lastFailure;
  private @Nullable String newest;
  /** By the ticker, when the newest verified backup began. */
  private long newestBegan;

  private @Nullable Worker worker;

  private BackupWorker(Builder settings) {
    this.settings = settings;
    this.backups = settings.backups;
  }

  /**
   * Begins a worker.
   *
   * @param backups what it makes
   * @param clock tells the age of what is there when it starts
   * @param ticker monotonic nanoseconds
   */
  public static Builder builder(Backups backups, Clock clock, LongSupplier ticker) {
    return new Builder(backups, clock, ticker);
  }

  /** Gathers the settings. Not thread-safe. */
  public static final class Builder {
    private final Backups backups;
    private final Clock clock;
    private final LongSupplier ticker;
    private Duration interval = Duration.ofHours(6);
    private Duration oldest = Duration.ofHours(13);
    private Duration retry = Duration.ofMinutes(1);
    private Duration longest = Duration.ofHours(2);
    private int failures = 3;
    private Retention retention = Retention.DEFAULT;

    private Builder(Backups backups, Clock clock, LongSupplier ticker) {
      this.backups = Objects.requireNonNull(backups, "backups");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** For a worker, whose settings stay as they are. */
    private Builder(Builder other) {
      this(other.backups, other.clock, other.ticker);
      interval = other.interval;
      oldest = other.oldest;
      retry = other.retry;
      longest = other.longest;
      failures = other.failures;
      retention = other.retention;
    }

    /** From the beginning of one backup to the next; 6 hours unless set. */
    public Builder interval(Duration length) {
      interval = Lengths.positive(length, "interval");
      return this;
    }

    /** How old the newest verified backup may be before the health is DEGRADED; 13 hours unless set. */
    public Builder oldest(Duration age) {
      oldest = Lengths.positive(age, "oldest");
      return this;
    }

    /** How long after a failure it is tried again; 1 minute unless set. */
    public Builder retry(Duration pause) {
      retry = Lengths.positive(pause, "retry");
      return this;
    }

    /** How long one backup may take before the health is UNHEALTHY; 2 hours unless set. */
    public Builder longest(Duration length) {
      longest = Lengths.positive(length, "longest");
      return this;
    }

    /** How many failures in a row make the health UNHEALTHY; 3 unless set. */
    public Builder failures(int most) {
      if (most < 1) {
        throw QilinException.invalid("failures must be at least 1, was " + most);
      }
      failures = most;
      return this;
    }

    /** Which backups are kept; {@link Retention#DEFAULT} unless set. */
    public Builder retention(Retention policy) {
      retention = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Starts it; the first backup is made at once unless there is a young one. */
    public BackupWorker start() {
      BackupWorker made = new BackupWorker(new Builder(this));
      made.worker = Worker.start("qilin-backup", made::step, ticker, longest);
      return made;
    }
  }

  /** Has a backup made now. */
  public void wake() {
    synchronized (lock) {
      asked = true;
    }
    started().wake();
  }

  private Worker started() {
    return Objects.requireNonNull(worker, "worker");
  }

  private Duration step() {
    try {
      if (!looked) {
        look();
        looked = true;
      }
      Duration left = left();
      if (left.isZero()) {
        make();
        left = left();
      }
      return left;
    } catch (QilinException e) {
      failed(e);
      return settings.retry;
    }
  }

  /** Takes over what an earlier process made. */
  private void look() {
    List<Backup> all = backups.list().backups();
    if (all.isEmpty()) {
      return;
    }
    Backup last = all.get(all.size() - 1);
    Duration age = Duration.between(last.began(), settings.clock.instant());
    if (!age.isNegative() && backups.verify(last).clean()) {
      verified(last, settings.ticker.getAsLong() - nanos(age));
    }
  }

  private static long nanos(Duration age) {
    Duration most = Duration.ofDays(36_500);
    return (age.compareTo(most) < 0 ? age : most).toNanos();
  }

  private void make() {
    long began = settings.ticker.getAsLong();
    boolean owed;
    synchronized (lock) {
      owed = asked;
      asked = false;
    }
    boolean whole = false;
    try {
      verified(created(), began);
      whole = true;
    } finally {
      synchronized (lock) {
        made += whole ? 1 : 0;
        // One that was asked for is owed until it is there, however young the one before is.
        asked |= owed && !whole;
      }
    }
    backups.retain(settings.retention);
    synchronized (lock) {
      failuresInARow = 0;
      lastFailure = null;
    }
  }

  private Backup created() {
    Backup backup = backups.create();
    BackupReport report = backups.verify(backup);
    if (!report.clean()) {
      throw BackupErrors.damaged("the backup " + backup.name() + " was made and is not whole: "
          + report.findings().get(0));
    }
    return backup;
  }

  private void verified(Backup backup, long began) {
    synchronized (lock) {
      newest = backup.name();
      newestBegan = began;
    }
  }

  private void failed(QilinException e) {
    int inARow;
    synchronized (lock) {
      inARow = ++failuresInARow;
      lastFailure = String.valueOf(e.getMessage());
    }
    if (e.code() != ErrorCode.CANCELLED && inARow == 1) {
      LOG.warn("a backup failed and is tried again in {}", settings.retry, e);
    }
  }

  /** How long until the next backup; zero if it is time. */
  private Duration left() {
    synchronized (lock) {
      Duration left = newest == null || asked
          ? Duration.ZERO
          : settings.interval.minusNanos(settings.ticker.getAsLong() - newestBegan);
      return left.isNegative() ? Duration.ZERO : left;
    }
  }

  /** How old the newest verified backup is, by the ticker: what would be lost; empty if there is none. */
  public Optional<Duration> age() {
    synchronized (lock) {
      return newest == null
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(settings.ticker.getAsLong() - newestBegan));
    }
  }

  /**
   * HEALTHY; DEGRADED when the newest verified backup is too old or there is none; UNHEALTHY when too many in a row failed, or
   * the worker is stuck or closed.
   */
  public HealthResult health() {
    HealthResult own = own();
    HealthResult thread = started().health();
    HealthResult worse = thread.status().compareTo(own.status()) > 0 ? thread : own;
    HealthResult all = new HealthResult(worse.status(), worse.reason(), own.facts());
    return all.with("restarts", started().status().restarts());
  }

  private HealthResult own() {
    Optional<Duration> age = age();
    synchronized (lock) {
      HealthResult result = HealthResult.healthy();
      if (age.isEmpty() || age.get().compareTo(settings.oldest) > 0) {
        result = HealthResult.degraded(
            age.map(old -> "the newest verified backup is " + old.toSeconds() + " s old")
                .orElse("there is no verified backup"));
      }
      if (failuresInARow >= settings.failures) {
        result = HealthResult.unhealthy(
            failuresInARow + " backups in a row failed, the last: " + lastFailure);
      } else if (failuresInARow > 0 && result.status() == HealthStatus.DEGRADED) {
        result = HealthResult.degraded(result.reason() + "; the last one failed: " + lastFailure);
      }
      result = result.with("made", made).with("failures-in-a-row", failuresInARow);
      return age.isEmpty()
          ? result
          : result
              .with("newest", String.valueOf(newest))
              .with("age-seconds", age.get().toSeconds());
    }
  }

  /** Ends it; a backup under way is given up and leaves nothing. */
  @Override
  public void close() {
    started().close();
  }
}
