package io.qilin.security.signing;

import io.qilin.security.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of an API key: {@code qk_}, the id, {@code _}, and 32 random bytes in canonical base64url. The prefix lets scanners of
 * repositories find keys that got there.
 */
record ApiKeyText(String id, String secret) {
  private static final Pattern FORM = Pattern.compile("qk_([a-z2-7]{20})_([A-Za-z0-9_-]{43})");
  private static final Pattern ID = Pattern.compile("[a-z2-7]{20}");
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 20;
  private static final int SECRET_BYTES = 32;
  private static final byte[] LABEL = "qilin-api-key-v1".getBytes(StandardCharsets.US_ASCII);

  static ApiKeyText random(SecureRandom random) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new ApiKeyText(
        id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Empty if it has another form, or its last character has bits that say nothing. */
  static Optional<ApiKeyText> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String secret = parts.group(2);
    byte[] bytes = Base64.getUrlDecoder().decode(secret);
    boolean canonical =
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(secret);
    return canonical ? Optional.of(new ApiKeyText(parts.group(1), secret)) : Optional.empty();
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** A plain hash is enough: 256 random bits cannot be guessed, so there is nothing to slow down. It is bound to the id. */
  byte[] hash() {
    var digest = Sha256.start();
    digest.update(LABEL);
    digest.update(id.getBytes(StandardCharsets.US_ASCII));
    return digest.digest(secret.getBytes(StandardCharsets.US_ASCII));
  }

  String hashHex() {
    return HexFormat.of().formatHex(hash());
  }

  String text() {
    return "qk_" + id + "_" + secret;
  }

  /** The id only. */
  @Override
  public String toString() {
    return "ApiKeyText[" + id + "]";
  }
}
