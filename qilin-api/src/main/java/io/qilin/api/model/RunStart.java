package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known when a run begins.
 *
 * @param experiment the id of its experiment
 * @param name 1 to 500 characters on one line, or empty: then the tracker finds one
 * @param parent the id of the run of the same experiment inside which it runs, if any
 * @param owner who runs it, for example the name of the process, so that its runs can be found when it died; or empty
 * @param started when it began, to the millisecond; empty means now
 * @param tags values of at most 65,536 characters
 */
public record RunStart(
    String experiment,
    String name,
    Optional<String> parent,
    String owner,
    Optional<Instant> started,
    Map<String, String> tags) {
  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
   */
  public RunStart {
    Objects.requireNonNull(experiment, "experiment");
    TrackingText.nameOrEmpty(name, "a run's name");
    Objects.requireNonNull(parent, "parent");
    TrackingText.nameOrEmpty(owner, "a run's owner");
    started = started.map(time -> TrackingText.time(time, "a run's start"));
    tags = TrackingText.texts(tags, "the tag");
  }

  /** Begins a run in an experiment. */
  public static Builder in(String experiment) {
    return new Builder(experiment);
  }

  /** What may be said of a run that begins. */
  public static final class Builder {
    private final String experiment;
    private final Map<String, String> tags = new TreeMap<>();
    private String name = "";
    private Optional<String> parent = Optional.empty();
    private String owner = "";
    private Optional<Instant> started = Optional.empty();

    private Builder(String experiment) {
      this.experiment = Objects.requireNonNull(experiment, "experiment");
    }

    /** Its name; found by the tracker unless set. */
    public Builder name(String text) {
      name = text;
      return this;
    }

    /** The id of the run inside which it runs; none unless set. */
    public Builder parent(String run) {
      parent = Optional.of(run);
      return this;
    }

    /** Who runs it; empty unless set. */
    public Builder owner(String text) {
      owner = text;
      return this;
    }

    /** When it began; now unless set. */
    public Builder started(Instant time) {
      started = Optional.of(time);
      return this;
    }

    /** Adds a tag. */
    public Builder tag(String key, String value) {
      tags.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * What was said.
     *
     * @throws QilinException INVALID_ARGUMENT or LIMIT_EXCEEDED naming the fault
     */
    public RunStart build() {
      return new RunStart(experiment, name, parent, owner, started, tags);
    }
  }
}
