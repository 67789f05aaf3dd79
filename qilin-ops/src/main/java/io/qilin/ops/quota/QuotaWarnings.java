package io.qilin.ops.quota;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once when a strategy uses 80 % of a limit, and again only after it had fallen below 70 %; and says what leaked. Safe to share
 * between threads: what was said is behind its own monitor; the sink is called without it.
 */
final class QuotaWarnings {
  static final double WARN = 0.8;
  static final double CALM = 0.7;

  private static final Logger LOG = LoggerFactory.getLogger(QuotaWarnings.class);

  private final AlertSink sink;
  private final Clock clock;
  private final int cores;
  private final Map<String, Said> said = new HashMap<>();

  private static final class Said {
    private final Map<QuotaLimit, Boolean> above = new EnumMap<>(QuotaLimit.class);
    private long leaks;
  }

  QuotaWarnings(AlertSink sink, Clock clock, int cores) {
    this.sink = sink;
    this.clock = clock;
    this.cores = cores;
  }

  /** Looks at all strategies; those that are not among them are forgotten. */
  void look(List<QuotaUsage> usages) {
    List<Alert> alerts = new ArrayList<>();
    synchronized (said) {
      Set<String> names = usages.stream().map(QuotaUsage::strategy).collect(Collectors.toSet());
      said.keySet().retainAll(names);
      for (QuotaUsage usage : usages) {
        look(usage, said.computeIfAbsent(usage.strategy(), name -> new Said()), alerts);
      }
    }
    for (Alert alert : alerts) {
      try {
        sink.alert(alert);
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        LOG.warn("an alert of quotas was not taken: {}", alert.message(), e);
      }
    }
  }

  private void look(QuotaUsage usage, Said before, List<Alert> alerts) {
    Quota quota = usage.quota();
    if (quota.maxWorkers().isPresent()) {
      compare(
          usage,
          QuotaLimit.WORKERS,
          usage.busyWorkers(),
          quota.maxWorkers().getAsInt(),
          before,
          alerts);
    }
    if (quota.cpuShare().isPresent()) {
      compare(
          usage, QuotaLimit.CPU, usage.cpuShare(), quota.cpuShare().getAsDouble(), before, alerts);
    }
    if (quota.allocationBytesPerSecond().isPresent()) {
      compare(
          usage,
          QuotaLimit.ALLOCATION,
          usage.allocationBytesPerSecond(),
          (double) quota.allocationBytesPerSecond().getAsLong(),
          before,
          alerts);
    }
    if (quota.gpuMemoryBytes().isPresent() && usage.gpuMemoryBytes().isPresent()) {
      compare(
          usage,
          QuotaLimit.GPU_MEMORY,
          (double) usage.gpuMemoryBytes().getAsLong(),
          (double) quota.gpuMemoryBytes().getAsLong(),
          before,
          alerts);
    }
    if (usage.leaks() > before.leaks) {
      long more = usage.leaks() - before.leaks;
      before.leaks = usage.leaks();
      alerts.add(alert(
          "the strategy " + QilinException.quote(usage.strategy())
              + " leaked leases, which were taken back: " + more
              + "; close each in a finally block",
          Map.of("leaked", BigDecimal.valueOf(more))));
    }
  }

  private void compare(
      QuotaUsage usage,
      QuotaLimit limit,
      double used,
      double quota,
      Said before,
      List<Alert> alerts) {
    boolean above = before.above.getOrDefault(limit, false);
    if (above && used < CALM * quota) {
      before.above.put(limit, false);
    } else if (!above && used >= WARN * quota) {
      before.above.put(limit, true);
      alerts.add(alert(
          "the strategy " + QilinException.quote(usage.strategy()) + " uses "
              + Math.round(100 * used / quota) + " % of its quota of " + limit.subject(),
          Map.of(
              "used", figure(used), "quota", figure(quota), "cores", BigDecimal.valueOf(cores))));
    }
  }

  private Alert alert(String message, Map<String, BigDecimal> figures) {
    return new Alert(
        clock.instant(), ErrorCode.RESOURCE_EXHAUSTED, "quota", message, Severity.WARNING, figures);
  }

  private static BigDecimal figure(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
  }
}
