package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/** An attempt was given up; what it was to do may be done all the same. */
final class LateException extends QilinException {
  private static final long serialVersionUID = 1L;

  LateException(String name, Duration limit, Wording wording) {
    super(wording.late(), "'" + name + "' did not answer within " + limit);
  }
}
