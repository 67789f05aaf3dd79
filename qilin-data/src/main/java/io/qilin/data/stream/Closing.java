package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things, each even if another fails. */
final class Closing {
  private Closing() {}

  static void all(List<? extends AutoCloseable> owned) {
    @Nullable QilinException failure = null;
    for (AutoCloseable each : owned) {
      try {
        each.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new QilinException(ErrorCode.IO, "a part of the stream did not close", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
