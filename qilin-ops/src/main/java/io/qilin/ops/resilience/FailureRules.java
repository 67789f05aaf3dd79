package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.QilinException;
import java.util.EnumSet;
import java.util.Set;

/** What a failure means for the breaker and for those who could stand in. */
final class FailureRules {
  /** No retry helps, but they speak ill of the dependency. */
  private static final Set<ErrorCode> SPOILT = EnumSet.of(
      ErrorCode.UNKNOWN,
      ErrorCode.MODEL_OUTPUT,
      ErrorCode.DATA_QUALITY,
      ErrorCode.DATA_FORMAT,
      ErrorCode.DATA_CONFLICT,
      ErrorCode.STORE_DAMAGED);

  /** The caller's doing: another answer would hide it. */
  private static final Set<ErrorCode> OF_THE_CALLER = EnumSet.of(
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.INVALID_CONFIGURATION,
      ErrorCode.CANCELLED,
      ErrorCode.LOOK_AHEAD);

  private FailureRules() {}

  /** Whether it is counted against the dependency. */
  static boolean counts(QilinException error) {
    return error.code().retryable() || SPOILT.contains(error.code());
  }

  /** Whether something may stand in: never for risk and security, and never for a mistake of the caller. */
  static boolean mayFallBack(QilinException error) {
    Degradation degradation = error.code().degradation();
    return degradation != Degradation.REFUSE
        && degradation != Degradation.STOP_TRADING
        && !OF_THE_CALLER.contains(error.code());
  }
}
