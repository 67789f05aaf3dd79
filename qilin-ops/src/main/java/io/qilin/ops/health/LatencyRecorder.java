package io.qilin.ops.health;

import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.Nanos;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps how long things took since the start, by name, in 15 KiB for each. Bounded: once there are 100 names, others are counted
 * together as {@value #OTHER}. Safe for use by several threads; recording takes no lock.
 */
public final class LatencyRecorder {
  /** What further names are counted as. */
  public static final String OTHER = "other";

  private static final int MOST = 100;
  private static final int LONGEST_NAME = 64;

  private final ConcurrentHashMap<String, LatencyHistogram> histograms = new ConcurrentHashMap<>();

  /** Nothing yet. */
  public LatencyRecorder() {}

  /**
   * Counts one length of time.
   *
   * @param name of what took it, 1 to 64 characters; few different ones, never a symbol
   * @throws QilinException INVALID_ARGUMENT for an empty or longer name
   */
  public void record(String name, Duration time) {
    recordNanos(name, Nanos.of(time));
  }

  /**
   * As {@link #record}, in nanoseconds; a negative length counts as none.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty or longer name
   */
  public void recordNanos(String name, long nanos) {
    LatencyHistogram known = histograms.get(Objects.requireNonNull(name, "name"));
    (known == null ? histogram(name) : known).record(nanos);
  }

  /** What was recorded, by name, sorted. */
  public Map<String, Latency> latencies() {
    Map<String, Latency> read = new TreeMap<>();
    histograms.forEach((name, histogram) -> read.put(name, histogram.read()));
    return read;
  }

  private LatencyHistogram histogram(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw QilinException.invalid("the name of a latency has 1 to " + LONGEST_NAME
          + " characters, was " + QilinException.quote(name));
    }
    synchronized (histograms) {
      boolean full = histograms.size() >= MOST && !histograms.containsKey(name);
      return histograms.computeIfAbsent(full ? OTHER : name, any -> new LatencyHistogram());
    }
  }
}
