package io.qilin.mlops.job;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be run.
 *
 * @param kind names the body, 1 to 128 characters
 * @param name for people, 1 to 256 characters
 * @param parameters what the body reads; at most 1,000 texts, names up to 256 characters, 1 Mi characters in all
 * @param priority the highest goes first, among equals the oldest
 * @param timeout how long one run may take, from 1 ms to 30 days
 * @param restarts how many times the job goes back into the queue after the process that ran it died; 0 makes it FAILED
 * @param seed of all that the body draws
 * @param key asks for one job only: a second request with the same key gives the job of the first
 */
public record JobRequest(
    String kind,
    String name,
    Map<String, String> parameters,
    int priority,
    Duration timeout,
    int restarts,
    long seed,
    Optional<String> key) {
  /** How long a run may take unless set. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST_RESTARTS = 1_000;

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT naming the first fault; LIMIT_EXCEEDED if the parameters are too many or too long
   */
  public JobRequest {
    JobTexts.require("a job's kind", kind, 128);
    JobTexts.require("a job's name", name, 256);
    parameters = JobTexts.copy("a job's parameters", parameters);
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw QilinException.invalid("a job's timeout is 1 ms to 30 days, was " + timeout);
    }
    if (restarts < 0 || restarts > MOST_RESTARTS) {
      throw QilinException.invalid(
          "a job is restarted 0 to " + MOST_RESTARTS + " times, was " + restarts);
    }
    key.ifPresent(text -> JobTexts.require("a job's key", text, 128));
  }

  /** A request with priority 0, {@link #DEFAULT_TIMEOUT}, no parameters, no restart, seed 0 and no key. */
  public static Builder builder(String kind, String name) {
    return new Builder(kind, name);
  }

  /** Sets what is not the default. Confined to one thread. */
  public static final class Builder {
    private final String kind;
    private final String name;
    private Map<String, String> parameters = Map.of();
    private int priority;
    private Duration timeout = DEFAULT_TIMEOUT;
    private int restarts;
    private long seed;
    private Optional<String> key = Optional.empty();

    private Builder(String kind, String name) {
      this.kind = kind;
      this.name = name;
    }

    /** What the body reads; nothing unless set. */
    public Builder parameters(Map<String, String> texts) {
      parameters = texts;
      return this;
    }

    /** The highest goes first; 0 unless set. */
    public Builder priority(int rank) {
      priority = rank;
      return this;
    }

    /** How long one run may take; 600 s unless set. */
    public Builder timeout(Duration longest) {
      timeout = longest;
      return this;
    }

    /** Back into the queue so many times after its process died; 0 unless set, which makes it FAILED. */
    public Builder restartAfterCrash(int times) {
      restarts = times;
      return this;
    }

    /** The seed of all that the body draws; 0 unless set. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** A name for this wish, so that asking again after a lost answer makes no second job. */
    public Builder key(String text) {
      key = Optional.of(text);
      return this;
    }

    /**
     * The request.
     *
     * @throws QilinException as {@link JobRequest}
     */
    public JobRequest build() {
      return new JobRequest(kind, name, parameters, priority, timeout, restarts, seed, key);
    }
  }
}
