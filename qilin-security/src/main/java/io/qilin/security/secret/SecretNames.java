package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.crypto.KeyStrength;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What all providers ask of the names and of the secrets themselves. */
final class SecretNames {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,7}");
  private static final int LEAST_BITS = 64;

  private SecretNames() {}

  /** Refuses a name that is not made of at most eight parts of letters, digits, dots, dashes and low lines. */
  static String check(String name) {
    if (!known(name)) {
      throw QilinException.invalid(
          "a secret's name has one to eight parts with '/' between, each of letters, digits, '.', '_' and"
              + " '-' and beginning with a letter or digit, not " + QilinException.quote(name));
    }
    return name;
  }

  /** Whether a name has that form. */
  static boolean known(String name) {
    return name.length() <= 512 && FORM.matcher(name).matches();
  }

  /** Refuses a secret of fewer than eight bytes, of little variety, or that everybody knows. */
  static Secret strong(String name, Secret secret) {
    byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      KeyStrength.check(bytes, LEAST_BITS, "the secret '" + name + "'");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    return secret;
  }

  static QilinException unavailable(String name, String why) {
    return new QilinException(
        ErrorCode.SECRET_UNAVAILABLE, "the secret '" + name + "' cannot be had: " + why);
  }
}
