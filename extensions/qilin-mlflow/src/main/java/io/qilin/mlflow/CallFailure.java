package io.qilin.mlflow;

import io.qilin.api.error.QilinException;
import java.util.OptionalLong;

/** One attempt at a call has failed. */
final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final QilinException error;
  private final boolean again;
  private final long waitNanos;

  private CallFailure(QilinException error, boolean again, long waitNanos) {
    super(error);
    this.error = error;
    this.again = again;
    this.waitNanos = waitNanos;
  }

  /** Another attempt cannot help. */
  static CallFailure last(QilinException error) {
    return new CallFailure(error, false, -1);
  }

  /** Another attempt may help. */
  static CallFailure again(QilinException error) {
    return new CallFailure(error, true, -1);
  }

  /** Another attempt may help after the time that the server named. */
  static CallFailure again(QilinException error, OptionalLong waitNanos) {
    return new CallFailure(error, true, waitNanos.orElse(-1));
  }

  QilinException error() {
    return error;
  }

  boolean mayTryAgain() {
    return again;
  }

  OptionalLong waitNanos() {
    return waitNanos < 0 ? OptionalLong.empty() : OptionalLong.of(waitNanos);
  }
}
