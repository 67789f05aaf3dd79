package io.qilin.mlops.job;

import io.qilin.api.error.QilinException;
import java.util.concurrent.Flow;

/**
 * Runs training jobs: in this process ({@link JobService}, the default) or somewhere else. An implementation that talks to
 * another machine throws NETWORK, TIMEOUT or STORE_UNAVAILABLE when the answer does not come; the caller then does not know
 * whether the call was heard. Asking again is safe for all of them; for {@link #submit} with a {@link JobRequest#key}.
 *
 * <p>Safe to share between threads. Every method returns within the time that its implementation states.
 */
public interface TrainingExecutor extends AutoCloseable {
  /**
   * Accepts a job. When this returns the job is never forgotten.
   *
   * @throws QilinException UNSUPPORTED for a kind that nobody runs, with the known ones; LIMIT_EXCEEDED if the queue is full;
   *     CONFLICT if the key was used for another request
   */
  JobId submit(JobRequest request);

  /**
   * How a job stands.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none of this name
   */
  Job job(JobId id);

  /**
   * Asks that a job be cancelled. A queued one is cancelled at once; a running one when its body heeds it, or is given up when
   * it does not. One that ends before it heeds keeps the end that it has.
   *
   * @return false if it had ended before
   * @throws QilinException DATA_NOT_FOUND if there is none of this name
   */
  boolean cancel(JobId id);

  /**
   * The events of a job after a number, those of the past first, then as they come; ends after the last one of a job that ended.
   * Each subscriber has its own place. One that asks for little holds up nobody: it reads on from where it is, and what is no
   * longer kept then is told as a {@link JobEvent.Gap}. When the executor cannot be reached the subscriber is told by {@code
   * onError} with a {@link QilinException}, and subscribes again with the last number that it has.
   *
   * @param after the last number that is known, 0 for all
   * @throws QilinException DATA_NOT_FOUND if there is no such job; INVALID_ARGUMENT for a negative number
   */
  Flow.Publisher<JobEvent> events(JobId id, long after);

  /** Ends what belongs to this side only; closing again does nothing. */
  @Override
  void close();
}
