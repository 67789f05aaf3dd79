package io.qilin.mlops.artifact;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** What an error of a disk means to a caller. */
final class ArtifactErrors {
  private ArtifactErrors() {}

  static QilinException of(String what, Path where, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new QilinException(
          ErrorCode.CANCELLED, what + " was interrupted in " + where + "; nothing was changed", e);
    }
    String why = String.valueOf(e.getMessage());
    if (why.contains("No space left") || why.contains("quota exceeded")) {
      return new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          what + " failed, the disk of " + where + " is full; free some space and try again",
          e);
    }
    String hint = e instanceof AccessDeniedException ? "; check its permissions" : "";
    return new QilinException(ErrorCode.IO, what + " failed in " + where + ": " + why + hint, e);
  }

  static QilinException missing(String sha256, Path where) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND, "there is no artifact " + sha256 + " in " + where);
  }

  static QilinException damaged(String sha256, Path where) {
    return new QilinException(
        ErrorCode.STORE_DAMAGED,
        "the artifact " + sha256 + " in " + where
            + " is not what it was; put it again or restore it from a backup");
  }

  static QilinException tooLarge(String what, long most) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED, what + " has more than the " + most + " bytes that are accepted");
  }
}
