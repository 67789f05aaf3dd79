package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One attempt failed: with what the caller would be told, and whether another may help. */
final class AttemptFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient QilinException error;
  private final boolean again;
  private final transient OptionalLong waitNanos;
  private final boolean schemaRefused;

  AttemptFailure(QilinException error, boolean again, OptionalLong waitNanos) {
    this(error, again, waitNanos, false);
  }

  AttemptFailure(
      QilinException error, boolean again, OptionalLong waitNanos, boolean schemaRefused) {
    super(error);
    this.error = error;
    this.again = again;
    this.waitNanos = waitNanos;
    this.schemaRefused = schemaRefused;
  }

  static AttemptFailure of(
      ErrorCode code, String message, boolean again, @Nullable Throwable cause) {
    return new AttemptFailure(
        new QilinException(code, message, cause), again, OptionalLong.empty());
  }

  QilinException error() {
    return error;
  }

  boolean again() {
    return again;
  }

  /** Whether the server knows no schema for answers. */
  boolean schemaRefused() {
    return schemaRefused;
  }

  /** How long the server asks to wait. */
  OptionalLong waitNanos() {
    return waitNanos;
  }
}
