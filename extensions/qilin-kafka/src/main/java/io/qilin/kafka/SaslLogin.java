package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;

/** The line that Kafka's clients want for a sign-in by name and password. */
final class SaslLogin {
  private SaslLogin() {}

  static String module(String mechanism) {
    return switch (mechanism) {
      case "PLAIN" -> "org.apache.kafka.common.security.plain.PlainLoginModule";
      case "SCRAM-SHA-256", "SCRAM-SHA-512" ->
        "org.apache.kafka.common.security.scram.ScramLoginModule";
      default ->
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the mechanism is PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, was "
                + QilinException.quote(mechanism) + "; for another one set sasl.jaas.config");
    };
  }

  static Secret of(String module, String user, Secret password) {
    return Secret.of(module + " required username=\"" + quoted(user) + "\" password=\""
        + quoted(password.reveal()) + "\";");
  }

  /** A text that cannot end its quotes. */
  private static String quoted(String text) {
    if (text.chars().anyMatch(c -> c < ' ')) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a user and a password for Kafka have no control characters");
    }
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
