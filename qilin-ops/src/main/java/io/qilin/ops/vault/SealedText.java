package io.qilin.ops.vault;

import io.qilin.api.error.QilinException;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of a sealed value: {@code ENC(keyId:…)}, the rest in Base64 as its encoder writes it. */
final class SealedText {
  static final String BEGIN = "ENC(";

  private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final Pattern KEY_ID = Pattern.compile(ID);
  private static final Pattern FORM =
      Pattern.compile("ENC\\((" + ID + "):([A-Za-z0-9+/]{1,100000}={0,2})\\)");

  private final String keyId;
  private final byte[] sealed;

  private SealedText(String keyId, byte[] sealed) {
    this.keyId = keyId;
    this.sealed = sealed;
  }

  static SealedText of(String keyId, byte[] sealed) {
    return new SealedText(keyId, sealed.clone());
  }

  /** Empty for every text that {@link #toString} does not print, so that no second text has the same meaning. */
  static Optional<SealedText> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String base64 = Objects.requireNonNull(form.group(2), "sealed");
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Base64.getEncoder().encodeToString(sealed).equals(base64)
        ? Optional.of(new SealedText(Objects.requireNonNull(form.group(1), "key"), sealed))
        : Optional.empty();
  }

  static String checkKeyId(String keyId) {
    if (!KEY_ID.matcher(keyId).matches()) {
      throw QilinException.invalid(
          "the id of a key has 1 to 64 letters, digits and '._-' and begins with a letter or digit, not "
              + QilinException.quote(keyId));
    }
    return keyId;
  }

  String keyId() {
    return keyId;
  }

  byte[] sealed() {
    return sealed.clone();
  }

  @Override
  public String toString() {
    return BEGIN + keyId + ":" + Base64.getEncoder().encodeToString(sealed) + ")";
  }
}
