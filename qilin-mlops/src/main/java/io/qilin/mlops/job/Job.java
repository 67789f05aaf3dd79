package io.qilin.mlops.job;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job as it stood at one moment.
 *
 * @param id its name
 * @param request what was asked for
 * @param state where it stands
 * @param attempt how many runs were begun, from 0
 * @param progress how much of the run is done, 0 to 1
 * @param cancelRequested whether somebody asked to cancel it
 * @param lastSequence the number of its last event, 0 before the first
 * @param result what the body gave; empty until SUCCEEDED
 * @param failure why it FAILED
 * @param queued when it was accepted
 * @param started when the last run began
 * @param ended when it ended
 */
public record Job(
    JobId id,
    JobRequest request,
    JobState state,
    int attempt,
    double progress,
    boolean cancelRequested,
    long lastSequence,
    Map<String, String> result,
    Optional<JobFailure> failure,
    Instant queued,
    Optional<Instant> started,
    Optional<Instant> ended) {
  /** Copies the result. */
  public Job {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(state, "state");
    result = Collections.unmodifiableMap(new TreeMap<>(result));
  }
}
