package io.qilin.mlops.onnx;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** The error of a model that is not accepted. */
final class OnnxFault {
  private OnnxFault() {}

  /** MODEL_INVALID: where, and what. */
  static QilinException at(String where, String what) {
    return new QilinException(ErrorCode.MODEL_INVALID, "ONNX model: " + where + ": " + what);
  }

  static String quote(String name) {
    return QilinException.quote(name);
  }
}
