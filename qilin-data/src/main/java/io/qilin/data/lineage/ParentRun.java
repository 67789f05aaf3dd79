package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.UUID;

/**
 * The run of another system that steps are parts of, for example of a scheduler.
 *
 * @param run its name
 * @param namespace of its job
 * @param job its job
 */
public record ParentRun(UUID run, String namespace, String job) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a blank namespace or job
   */
  public ParentRun {
    Objects.requireNonNull(run, "run");
    if (namespace.isBlank() || job.isBlank()) {
      throw QilinException.invalid("a parent run has a namespace and a job");
    }
  }
}
