package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.mlops.internal.StoredText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param next QUEUED if the job is to be run again
 */
record Outcome(
    JobState next, Map<String, String> result, @Nullable JobFailure failure) {
  static final Outcome CANCELLED = new Outcome(JobState.CANCELLED, Map.of(), null);
  static final Outcome AGAIN = new Outcome(JobState.QUEUED, Map.of(), null);

  static Outcome succeeded(Map<String, String> result) {
    return new Outcome(JobState.SUCCEEDED, result, null);
  }

  static Outcome failed(ErrorCode code, String message) {
    return new Outcome(
        JobState.FAILED, Map.of(), new JobFailure(code, StoredText.fit(message, 4_000)));
  }

  /** What becomes of a job whose process died in a run. */
  static Outcome afterCrash(boolean cancelRequested, int attempt, int restarts) {
    if (cancelRequested) {
      return CANCELLED;
    }
    return attempt <= restarts
        ? AGAIN
        : failed(
            ErrorCode.SYSTEM,
            "the process that ran the job died in run " + attempt + "; submit it again, or give"
                + " the request restartAfterCrash");
  }
}
