package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.List;

/** Counts what caches know: {@link QilinMeter#CACHE_HITS} and {@link QilinMeter#CACHE_MISSES}. Thread-safe. */
public final class CacheMetrics {
  private final BoundedMeters<Counter> hits;
  private final BoundedMeters<Counter> misses;

  CacheMetrics(MeterFamilies families) {
    this.hits = families.counters(QilinMeter.CACHE_HITS);
    this.misses = families.counters(QilinMeter.CACHE_MISSES);
  }

  /** Something was found in the cache of this name. */
  public void hit(String cache) {
    hits.of(List.of(cache)).increment();
  }

  /** Something was not found in the cache of this name. */
  public void miss(String cache) {
    misses.of(List.of(cache)).increment();
  }
}
