package io.qilin.ops.quota;

import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last answers of a probe. An answer counts for ten seconds; without one the quota is not enforced and health is DEGRADED. Safe
 * to share between threads: an answer counts as soon as it is there, and the probe is asked without a lock.
 */
final class GpuMeter {
  static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(GpuMeter.class);

  private final GpuProbe probe;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private volatile @Nullable String failure;

  private record Answer(long bytes, long at) {}

  GpuMeter(GpuProbe probe) {
    this.probe = probe;
  }

  /** Asks about each of the strategies; those that it cannot tell of have no answer then. */
  void ask(Collection<String> strategies, LongSupplier ticker) throws InterruptedException {
    answers.keySet().retainAll(strategies);
    String failed = null;
    for (String strategy : strategies) {
      try {
        long bytes = probe.usedBytes(strategy);
        if (bytes < 0) {
          throw QilinException.invalid("the probe answered " + bytes + " bytes");
        }
        answers.put(strategy, new Answer(bytes, ticker.getAsLong()));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
        answers.remove(strategy);
        if (failure == null && failed == null) {
          LOG.warn("no quota of graphics memory is enforced for {}: the probe failed", strategy, e);
        }
        failed = "the probe of graphics memory failed for " + QilinException.quote(strategy) + ": "
            + e.getClass().getSimpleName();
      }
    }
    failure = failed;
  }

  /** Bytes that the strategy held not long ago; empty if that is not known. */
  OptionalLong usedBytes(String strategy, long now) {
    Answer answer = answers.get(strategy);
    return answer == null || now - answer.at() > FRESH_NANOS
        ? OptionalLong.empty()
        : OptionalLong.of(answer.bytes());
  }

  /** DEGRADED with the reason where an answer about one of the strategies is missing. */
  HealthResult health(Collection<String> strategies, long now) {
    String failed = failure;
    if (failed != null) {
      return HealthResult.degraded(failed + "; its quota is not enforced");
    }
    for (String strategy : strategies) {
      if (usedBytes(strategy, now).isEmpty()) {
        return HealthResult.degraded("the probe of graphics memory has not answered for "
            + QilinException.quote(strategy) + "; its quota is not enforced");
      }
    }
    return HealthResult.healthy();
  }
}
