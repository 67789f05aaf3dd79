package io.qilin.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects a refusal with a code and a part of its message. */
public final class Refused {
  private Refused() {}

  public static void with(ErrorCode code, String part, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(QilinException.class)
        .hasMessageStartingWith("QILIN-" + code.number())
        .hasMessageContaining(part);
  }
}
