package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run as it is in the tracker at one moment.
 *
 * @param id given by the tracker
 * @param experiment the id of its experiment
 * @param name 1 to 500 characters on one line
 * @param parent the id of the run inside which it runs, if any
 * @param owner who runs it, or empty
 * @param status how far it has come
 * @param started when it began, to the millisecond
 * @param ended when it ended, if it has; before the start if the clock went back
 * @param deleted whether it is put away; it can be restored
 * @param params what it was given, sorted by key
 * @param metrics for each metric the last point logged of its highest step, sorted by key
 * @param tags sorted by key
 * @param artifacts sorted by name
 */
public record Run(
    String id,
    String experiment,
    String name,
    Optional<String> parent,
    String owner,
    RunStatus status,
    Instant started,
    Optional<Instant> ended,
    boolean deleted,
    Map<String, String> params,
    Map<String, MetricPoint> metrics,
    Map<String, String> tags,
    List<RunArtifact> artifacts) {
  /**
   * Checks, copies and sorts.
   *
   * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
   */
  public Run {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(experiment, "experiment");
    TrackingText.name(name, "a run's name");
    Objects.requireNonNull(parent, "parent");
    TrackingText.nameOrEmpty(owner, "a run's owner");
    Objects.requireNonNull(status, "status");
    started = TrackingText.time(started, "a run's start");
    ended = ended.map(time -> TrackingText.time(time, "a run's end"));
    params = TrackingText.texts(params, "the param");
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(metrics)));
    tags = TrackingText.texts(tags, "the tag");
    List<RunArtifact> sorted = new ArrayList<>(artifacts);
    sorted.sort(Comparator.comparing(RunArtifact::name));
    artifacts = List.copyOf(sorted);
  }

  /** The last value of a metric; {@code NaN} if it has none. */
  public double metric(String key) {
    MetricPoint point = metrics.get(Objects.requireNonNull(key, "key"));
    return point == null ? Double.NaN : point.value();
  }

  /** A run that has begun, for trackers to fill in. */
  public static Builder builder(String id, String experiment, String name, Instant started) {
    return new Builder(id, experiment, name, started);
  }

  /** What a tracker knows of a run. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final String experiment;
    private final String name;
    private final Instant started;
    private final Map<String, String> params = new TreeMap<>();
    private final Map<String, MetricPoint> metrics = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final List<RunArtifact> artifacts = new ArrayList<>();
    private Optional<String> parent = Optional.empty();
    private String owner = "";
    private RunStatus status = RunStatus.RUNNING;
    private Optional<Instant> ended = Optional.empty();
    private boolean deleted;

    private Builder(String id, String experiment, String name, Instant started) {
      this.id = id;
      this.experiment = experiment;
      this.name = name;
      this.started = started;
    }

    /** The id of the run inside which it runs; none unless set. */
    public Builder parent(Optional<String> run) {
      parent = run;
      return this;
    }

    /** Who runs it; empty unless set. */
    public Builder owner(String text) {
      owner = text;
      return this;
    }

    /** How far it has come, and when it ended; {@link RunStatus#RUNNING} unless set. */
    public Builder status(RunStatus now, Optional<Instant> end) {
      status = now;
      ended = end;
      return this;
    }

    /** Whether it is put away; not unless set. */
    public Builder deleted(boolean away) {
      deleted = away;
      return this;
    }

    /** Adds a param. */
    public Builder param(String key, String value) {
      params.put(key, value);
      return this;
    }

    /** Adds the last point of a metric. */
    public Builder metric(MetricPoint point) {
      metrics.put(point.key(), point);
      return this;
    }

    /** Adds a tag. */
    public Builder tag(String key, String value) {
      tags.put(key, value);
      return this;
    }

    /** Adds a file. */
    public Builder artifact(RunArtifact artifact) {
      artifacts.add(artifact);
      return this;
    }

    /**
     * The run.
     *
     * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
     */
    public Run build() {
      return new Run(
          id,
          experiment,
          name,
          parent,
          owner,
          status,
          started,
          ended,
          deleted,
          params,
          metrics,
          tags,
          artifacts);
    }
  }
}
