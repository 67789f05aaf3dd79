package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a configuration in the form {@code ENC(keyId:…)}, the rest in Base64. The cipher authenticates the value's place in the
 * configuration with it, so that a value cannot be moved to another place. Safe to share between threads if the cipher is.
 */
public final class EncryptedValues {
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern FORM =
      Pattern.compile("ENC\\(([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]{1,100000}={0,2})\\)");

  private final ValueCipher cipher;

  private EncryptedValues(ValueCipher cipher) {
    this.cipher = cipher;
  }

  /** Values under a cipher. */
  public static EncryptedValues of(ValueCipher cipher) {
    return new EncryptedValues(Objects.requireNonNull(cipher, "cipher"));
  }

  /** Whether a value says that it is encrypted; it may still be damaged. */
  public static boolean encrypted(String value) {
    return value.startsWith("ENC(");
  }

  /**
   * The encrypted form of a value.
   *
   * @param keyId letters, digits, dots, dashes and low lines, at most 64
   * @param path the value's place, for example {@code database.password}
   * @throws QilinException INVALID_ARGUMENT for an id of another form, SECURITY_UNAVAILABLE if the cipher fails
   */
  public String encrypt(String keyId, String path, Secret value) {
    if (!KEY_ID.matcher(keyId).matches()) {
      throw QilinException.invalid("the id of a key has 1 to 64 letters, digits and '._-', not "
          + QilinException.quote(keyId));
    }
    byte[] plain = value.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = sealed(keyId, path, plain);
      return "ENC(" + keyId + ":" + Base64.getEncoder().encodeToString(sealed) + ")";
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] sealed(String keyId, String path, byte[] plain) {
    byte[] sealed;
    try {
      sealed = cipher.encrypt(keyId, path, plain);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("threw " + e.getClass().getSimpleName());
    }
    if (sealed == null || sealed.length == 0 || Arrays.equals(sealed, plain)) {
      throw failed("answered nothing, or the value itself");
    }
    return sealed;
  }

  private static QilinException failed(String why) {
    return new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE, "the cipher of a configuration " + why);
  }

  /**
   * The value at a place.
   *
   * @throws QilinException DECRYPTION if it is not of the form, of another place or key, or damaged; which of these is not said
   */
  public Secret decrypt(String path, String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw undecrypted(path);
    }
    byte[] plain;
    try {
      byte[] sealed = Base64.getDecoder().decode(Objects.requireNonNull(form.group(2), "value"));
      plain = cipher.decrypt(Objects.requireNonNull(form.group(1), "key"), path, sealed);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw undecrypted(path);
    }
    if (plain == null || plain.length == 0) {
      throw undecrypted(path);
    }
    try {
      return Secret.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString());
    } catch (CharacterCodingException e) {
      throw undecrypted(path);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static QilinException undecrypted(String path) {
    return new QilinException(
        ErrorCode.DECRYPTION,
        "the value at " + QilinException.quote(path)
            + " cannot be decrypted; it is of the form ENC(keyId:…) and of this place");
  }
}
