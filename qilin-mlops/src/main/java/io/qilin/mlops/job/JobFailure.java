package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import java.util.Objects;

/**
 * Why a job failed.
 *
 * @param code TRAINING_FAILED when the body threw something that has no code of its own; TIMEOUT; SYSTEM when the process died
 * @param message the body's own, at most 4,000 characters
 */
public record JobFailure(ErrorCode code, String message) {
  /** Checks that both are there. */
  public JobFailure {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }
}
