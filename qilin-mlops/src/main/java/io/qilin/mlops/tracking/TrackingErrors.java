package io.qilin.mlops.tracking;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/** What the tracker refuses. */
final class TrackingErrors {
  private TrackingErrors() {}

  static QilinException noExperiment(String id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND, "there is no experiment with the id " + QilinException.quote(id));
  }

  static QilinException noRun(String id) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND, "there is no run with the id " + QilinException.quote(id));
  }

  static QilinException conflict(String message) {
    return new QilinException(ErrorCode.CONFLICT, message);
  }

  static QilinException tooMany(String run, String what, long most) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        "the run " + QilinException.quote(run) + " has more than " + most + " " + what
            + " already; log them as an artifact");
  }

  static QilinException badToken(String after) {
    return QilinException.invalid(
        "this is no token of a page of this query: " + QilinException.quote(after)
            + "; give the one of the page before, and change nothing else");
  }
}
