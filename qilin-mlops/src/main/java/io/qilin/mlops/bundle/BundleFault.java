package io.qilin.mlops.bundle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import org.jspecify.annotations.Nullable;

/** The errors of bundles. */
final class BundleFault {
  private BundleFault() {}

  /** MODEL_INVALID: where, and what. */
  static QilinException invalid(String where, String what) {
    return invalid(where, what, null);
  }

  static QilinException invalid(String where, String what, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.MODEL_INVALID, "model bundle: " + where + ": " + what, cause);
  }

  /** Of a fault in a JSON file of a bundle, the same as a fault of the bundle. */
  static QilinException from(String where, QilinException e) {
    return e.code() == ErrorCode.DATA_FORMAT || e.code() == ErrorCode.LIMIT_EXCEEDED
        ? invalid(where, String.valueOf(e.getMessage()), e)
        : e;
  }
}
