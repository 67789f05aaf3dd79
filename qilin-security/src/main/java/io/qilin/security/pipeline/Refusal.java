package io.qilin.security.pipeline;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.jspecify.annotations.Nullable;

/** Why a step did not let a call pass; for the audit log and the operator's log, never for the caller. */
final class Refusal extends QilinException {
  private static final long serialVersionUID = 1L;

  private final SecurityStep step;
  /** A few fixed words and numbers; nothing that the caller sent. */
  private final String reason;

  Refusal(SecurityStep step, ErrorCode code, String reason, @Nullable Throwable cause) {
    super(code, step + ": " + reason, cause);
    this.step = step;
    this.reason = reason;
  }

  SecurityStep step() {
    return step;
  }

  String reason() {
    return reason;
  }
}
