package io.qilin.security.pipeline;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/**
 * The pipeline did not let a call through. The message says no more than that, and the correlation id under which the audit log
 * holds the reason; it may be shown to the caller. It has no cause, as causes tell attackers what they look for.
 */
public final class CallRefused extends QilinException {
  private static final long serialVersionUID = 1L;

  private final String correlationId;

  CallRefused(ErrorCode code, String correlationId) {
    super(code, "the call was refused; correlation id " + correlationId);
    this.correlationId = correlationId;
  }

  /** Under which the audit log holds the reason. */
  public String correlationId() {
    return correlationId;
  }
}
