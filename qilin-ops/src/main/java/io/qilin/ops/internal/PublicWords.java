package io.qilin.ops.internal;

import io.qilin.api.error.QilinException;
import org.jspecify.annotations.Nullable;

/** What is said of a failure where strangers may read it. Stateless. */
public final class PublicWords {
  private PublicWords() {}

  /** The message of a {@link QilinException}; of anything else the class alone, as its message may hold a secret. */
  public static String of(@Nullable Throwable failure) {
    if (failure instanceof QilinException known) {
      return String.valueOf(known.getMessage());
    }
    if (failure == null) {
      return "unknown";
    }
    String simple = failure.getClass().getSimpleName();
    return simple.isEmpty() ? failure.getClass().getName() : simple;
  }
}
