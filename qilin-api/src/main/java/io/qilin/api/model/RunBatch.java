package io.qilin.api.model;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is logged together: all of it or nothing.
 *
 * @param params what the run was given, at most 10,000; a param never changes, see {@link ExperimentTracker#log}
 * @param metrics what was measured, in order, at most 100,000
 * @param tags notes, at most 10,000; the last one of a key counts
 */
public record RunBatch(
    Map<String, String> params, List<MetricPoint> metrics, Map<String, String> tags) {
  private static final int MOST_TEXTS = 10_000;
  private static final int MOST_METRICS = 100_000;

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
   */
  public RunBatch {
    requireSize("params", params.size(), MOST_TEXTS);
    requireSize("tags", tags.size(), MOST_TEXTS);
    requireSize("metrics", metrics.size(), MOST_METRICS);
    params = TrackingText.texts(params, "the param");
    metrics = List.copyOf(metrics);
    tags = TrackingText.texts(tags, "the tag");
  }

  private static void requireSize(String what, int size, int most) {
    if (size > most) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a batch has at most " + most + " " + what + ", not " + size + "; log it in parts");
    }
  }

  /** Nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers what is logged together. Not thread-safe. */
  public static final class Builder {
    private final Map<String, String> params = new TreeMap<>();
    private final List<MetricPoint> metrics = new ArrayList<>();
    private final Map<String, String> tags = new TreeMap<>();

    private Builder() {}

    /** Adds a param. */
    public Builder param(String key, String value) {
      params.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /** Adds a value of a metric. */
    public Builder metric(String key, double value, long step, Instant time) {
      metrics.add(new MetricPoint(key, value, step, time));
      return this;
    }

    /** Adds a tag. */
    public Builder tag(String key, String value) {
      tags.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * What was gathered.
     *
     * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
     */
    public RunBatch build() {
      return new RunBatch(params, metrics, tags);
    }
  }
}
