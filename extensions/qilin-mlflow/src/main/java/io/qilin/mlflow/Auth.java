package io.qilin.mlflow;

import io.qilin.api.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves to the server who calls: the value of the header {@code Authorization}, which is not printed. */
record Auth(Secret header) {
  static Auth bearer(Secret token) {
    return new Auth(Secret.of("Bearer " + token.reveal()));
  }

  static Auth basic(String user, Secret password) {
    byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return new Auth(Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
  }
}
