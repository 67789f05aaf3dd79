package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What was lost and when: for a line about it at most each 10 s, and for the health. {@link #due} is for the writer alone. */
final class Losses {
  static final Duration PERIOD = Duration.ofSeconds(10);
  private static final long PERIOD_NANOS = PERIOD.toNanos();
  private static final LogLevel[] LEVELS = LogLevel.values();

  private final LogAccount account;
  private final Map<LogLevel, Long> sampledBefore = new EnumMap<>(LogLevel.class);
  private final Map<LogLevel, Long> goneBefore = new EnumMap<>(LogLevel.class);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong importantDropped = new AtomicLong();
  private volatile long lastDropped;
  private volatile long lastImportant;
  private long told;

  Losses(LogAccount account, long now) {
    this.account = account;
    this.told = now;
  }

  /** Notes that an event was dropped. */
  void dropped(boolean important, long now) {
    lastDropped = now;
    dropped.incrementAndGet();
    if (important) {
      lastImportant = now;
      importantDropped.incrementAndGet();
    }
  }

  /** Whether an event was dropped in the last 10 s. */
  boolean dropping(long now) {
    return dropped.get() > 0 && now - lastDropped <= PERIOD_NANOS;
  }

  /** Whether an important one was. */
  boolean droppingImportant(long now) {
    return importantDropped.get() > 0 && now - lastImportant <= PERIOD_NANOS;
  }

  /** What to say of the losses since the last time; null if there were none, or it is too soon. */
  @Nullable
  String due(long now, boolean atOnce) {
    if (now - told < PERIOD_NANOS && !atOnce) {
      return null;
    }
    StringJoiner losses = new StringJoiner("; ");
    for (LogLevel level : LEVELS) {
      long sampled = since(sampledBefore, level, LogOutcome.SAMPLED);
      long gone = since(goneBefore, level, LogOutcome.DROPPED);
      if (sampled > 0 || gone > 0) {
        losses.add(level + ": " + sampled + " sampled out, " + gone + " dropped");
      }
    }
    if (losses.length() == 0) {
      return null;
    }
    long seconds = (now - told) / 1_000_000_000L;
    told = now;
    return "lines of this log that were not written in the last " + seconds + " s: " + losses;
  }

  private long since(Map<LogLevel, Long> before, LogLevel level, LogOutcome outcome) {
    long now = account.count(level, outcome);
    Long last = before.put(level, now);
    return now - (last == null ? 0 : last);
  }
}
