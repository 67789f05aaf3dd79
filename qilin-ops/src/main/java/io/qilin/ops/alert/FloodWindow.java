package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lets so many alerts through in a minute and counts the rest for one summary. For one thread: that of its lane. */
final class FloodWindow {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int MOST_SOURCES = 5;

  private final int most;
  private final Map<Severity, Long> held = new EnumMap<>(Severity.class);
  private final Set<String> sources = new TreeSet<>();
  private boolean open;
  private long opened;
  private int passed;

  FloodWindow(int most) {
    this.most = most;
  }

  /** Whether an alert goes through now; if not, it is counted. */
  boolean passes(long now, Alert alert) {
    if (!open || (now - opened >= MINUTE && held.isEmpty())) {
      open = true;
      opened = now;
      passed = 0;
    }
    if (passed < most) {
      passed++;
      return true;
    }
    held.merge(alert.severity(), 1L, Long::sum);
    if (sources.size() < MOST_SOURCES) {
      sources.add(OneLine.of(alert.source(), 64));
    }
    return false;
  }

  /** Whether the minute is over and some were held back. */
  boolean summaryDue(long now) {
    return !held.isEmpty() && now - opened >= MINUTE;
  }

  /** Time until a summary is due; an hour if none will be. */
  Duration untilSummary(long now) {
    return held.isEmpty()
        ? Duration.ofHours(1)
        : Duration.ofNanos(Math.max(0, MINUTE - (now - opened)));
  }

  /** What was held back, as one alert as bad as the worst of them; begins the next minute, in which it is the first. */
  Alert summary(long now, Instant at) {
    long all = held.values().stream().mapToLong(Long::longValue).sum();
    Severity worst = held.keySet().stream().max(Enum::compareTo).orElse(Severity.WARNING);
    Map<String, BigDecimal> figures = new TreeMap<>();
    held.forEach((severity, count) ->
        figures.put(severity.name().toLowerCase(Locale.ROOT), BigDecimal.valueOf(count)));
    figures.put("held-back", BigDecimal.valueOf(all));
    Alert summary = new Alert(
        at,
        ErrorCode.LIMIT_EXCEEDED,
        "alert-flood",
        all + " alerts were held back within a minute, of sources such as "
            + String.join(", ", sources),
        worst,
        figures);
    held.clear();
    sources.clear();
    opened = now;
    passed = 1;
    return summary;
  }
}
