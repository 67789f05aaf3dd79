package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** What proves to the server who calls: the value of the header {@code Authorization}, which is not printed. */
record Auth(Secret header) {
  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

  static Auth bearer(Secret token) {
    // The HTTP client would refuse it with a message that shows it.
    if (!SENDABLE.matcher(token.reveal()).matches()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a token has only letters, digits and signs of ASCII; this one has a blank, a line's end or"
              + " another character, as the last line of a file may leave it; strip it");
    }
    return new Auth(Secret.of("Bearer " + token.reveal()));
  }

  static Auth basic(String user, Secret password) {
    byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return new Auth(Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
  }
}
