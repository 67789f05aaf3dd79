package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogRate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many ordinary lines of each logger and level are let through. Beyond 4,096 loggers, further ones share one rate for each
 * level. Thread-safe.
 */
final class SampleRates {
  private static final int MOST_LOGGERS = 4_096;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final int perSecond;
  private final int burst;
  private final Map<String, Map<LogLevel, LogRate>> rates = new ConcurrentHashMap<>();
  private final Map<LogLevel, LogRate> others;

  SampleRates(int perSecond, int burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.others = full(now);
  }

  /** A full bucket for each level; the map is never changed after this. */
  private Map<LogLevel, LogRate> full(long now) {
    Map<LogLevel, LogRate> all = new EnumMap<>(LogLevel.class);
    for (LogLevel level : LogLevel.values()) {
      all.put(level, LogRate.of(perSecond, SECOND, burst, now));
    }
    return all;
  }

  boolean take(String logger, LogLevel level, long now) {
    Map<LogLevel, LogRate> own = rates.get(logger);
    if (own == null) {
      own = rates.size() < MOST_LOGGERS ? rates.computeIfAbsent(logger, any -> full(now)) : others;
    }
    return Objects.requireNonNull(own.get(level), "rate").take(now);
  }
}
