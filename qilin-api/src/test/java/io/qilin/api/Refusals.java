package io.qilin.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call is refused in the way that Qilin refuses. */
public final class Refusals {
  private Refusals() {}

  /** The call throws a {@link QilinException} with the code. */
  public static AbstractThrowableAssert<?, ?> assertRefused(ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .hasMessageStartingWith("QILIN-" + code.number() + " ")
        .isInstanceOfSatisfying(QilinException.class, e -> {
          if (e.code() != code) {
            throw new AssertionError("expected " + code + ", was " + e.code(), e);
          }
        });
  }

  /** The call throws a {@link QilinException} with INVALID_ARGUMENT. */
  public static AbstractThrowableAssert<?, ?> assertInvalid(ThrowingCallable call) {
    return assertRefused(ErrorCode.INVALID_ARGUMENT, call);
  }
}
