package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** Gives what is thrown by code that is none of Qilin's a code, and so a way to go on. Stateless. */
public final class ForeignError {
  private static final int DEEPEST = 8;

  private ForeignError() {}

  /**
   * The code of anything that was thrown: its own if it has one; else by its type, for example {@link ErrorCode#TIMEOUT},
   * {@link ErrorCode#NETWORK}, {@link ErrorCode#IO}; {@link ErrorCode#UNKNOWN} if the type says nothing.
   */
  public static ErrorCode codeOf(Throwable thrown) {
    return codeOf(thrown, ErrorCode.UNKNOWN);
  }

  /**
   * The same with another code for what says nothing.
   *
   * @param otherwise what such a failure means at this place, for example DATA_FETCH
   */
  public static ErrorCode codeOf(Throwable thrown, ErrorCode otherwise) {
    Throwable inner = unwrapped(thrown);
    if (inner instanceof QilinException typed) {
      return typed.code();
    }
    if (inner instanceof InterruptedException || inner instanceof ClosedByInterruptException) {
      return ErrorCode.CANCELLED;
    }
    if (inner instanceof OutOfMemoryError || inner instanceof RejectedExecutionException) {
      return ErrorCode.RESOURCE_EXHAUSTED;
    }
    if (inner instanceof TimeoutException
        || inner instanceof SocketTimeoutException
        || inner instanceof HttpTimeoutException) {
      return ErrorCode.TIMEOUT;
    }
    if (inner instanceof SocketException || inner instanceof UnknownHostException) {
      return ErrorCode.NETWORK;
    }
    return inner instanceof IOException ? ErrorCode.IO : otherwise;
  }

  /**
   * The same failure as a {@link QilinException}: itself if it is one; else one that names the type, with the failure as its
   * cause. The text of the failure is not in the message: it may hold a secret.
   *
   * @param what what was tried, for example {@code the call of market-data}
   * @param otherwise the code where the type says nothing
   */
  public static QilinException typed(Throwable thrown, String what, ErrorCode otherwise) {
    Objects.requireNonNull(what, "what");
    Throwable inner = unwrapped(thrown);
    if (inner instanceof QilinException typed) {
      return typed;
    }
    return new QilinException(
        codeOf(inner, otherwise), what + " failed with " + inner.getClass().getName(), inner);
  }

  /** What an executor, a future or a stream of lines wrapped. */
  static Throwable unwrapped(Throwable thrown) {
    Throwable inner = Objects.requireNonNull(thrown, "thrown");
    for (int depth = 0; depth < DEEPEST; depth++) {
      Throwable cause = inner.getCause();
      if (cause == null
          || !(inner instanceof ExecutionException
              || inner instanceof CompletionException
              || inner instanceof UncheckedIOException)) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }
}
