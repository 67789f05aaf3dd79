package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import org.jspecify.annotations.Nullable;

/** An attempt was not made: known before anything was sent. */
final class RefusedException extends QilinException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  RefusedException(String name, Refusal refusal, Wording wording, @Nullable Throwable cause) {
    super(wording.of(refusal), "'" + name + "' was not called: " + refusal.words(), cause);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
