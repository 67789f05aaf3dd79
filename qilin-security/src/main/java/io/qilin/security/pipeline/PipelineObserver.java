package io.qilin.security.pipeline;

import io.qilin.api.error.ErrorCode;
import java.util.Optional;

/** For meters: told of each finished call. Must be quick; what it throws is logged and changes nothing. */
@FunctionalInterface
public interface PipelineObserver {
  /**
   * Takes one finished call.
   *
   * @param last the step that ended it: {@link SecurityStep#OUTCOME} if all went well
   * @param refusal why it was refused; empty if it was not
   * @param nanos how long the pipeline took, the action included
   */
  void finished(SecurityStep last, Optional<ErrorCode> refusal, long nanos);
}
