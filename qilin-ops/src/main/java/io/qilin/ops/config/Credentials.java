package io.qilin.ops.config;

import java.util.regex.Pattern;

/**
 * Hides what is secret in web addresses: what stands between {@code ://} and {@code @}, and parameters with the name of a secret.
 * The time is linear in the text: what is repeated does not hold what follows it.
 */
final class Credentials {
  private static final Pattern USER = Pattern.compile("://[^/?#\\s]*@");
  private static final Pattern PARAMETER = Pattern.compile(
      "([?&;][^?&;=#\\s]{0,64}(?:passw|pwd|secret|token|key|signature|sig|credential|auth)[^?&;=#\\s]{0,64}=)[^?&;#\\s]*",
      Pattern.CASE_INSENSITIVE);

  private Credentials() {}

  static String masked(String text) {
    if (text.indexOf("://") < 0 && text.indexOf('=') < 0) {
      return text;
    }
    String users = USER.matcher(text).replaceAll("://***@");
    return PARAMETER.matcher(users).replaceAll("$1***");
  }
}
