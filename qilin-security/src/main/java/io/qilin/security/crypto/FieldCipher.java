package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import io.qilin.security.internal.FreshBytes;
import io.qilin.security.internal.StrictBase64Url;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * Encrypts single values of records with AES-256-GCM (NIST SP 800-38D) under the active key of a ring.
 *
 * <p>A sealed value is: the version (one byte, 1), the length of the key id (one byte), the key id (ASCII), the nonce (12 random
 * bytes), the ciphertext, the tag (16 bytes). Authenticated with it are the version, the key id and the {@link FieldAddress}.
 * Every failure to decrypt is one and the same DECRYPTION error, except that a key which the ring knows as revoked or destroyed
 * is KEY_UNAVAILABLE. Safe to share between threads.
 */
public final class FieldCipher {
  /** The longest value in bytes. */
  public static final int MOST_BYTES = 16 << 20;

  private static final byte VERSION = 1;

  private final KeyRing ring;
  private final SecureRandom random;

  private FieldCipher(KeyRing ring, SecureRandom random) {
    this.ring = ring;
    this.random = random;
  }

  /** A cipher over a ring; {@code random} makes the nonces. */
  public static FieldCipher of(KeyRing ring, SecureRandom random) {
    return new FieldCipher(
        Objects.requireNonNull(ring, "ring"), Objects.requireNonNull(random, "random"));
  }

  /**
   * Encrypts a value for its place.
   *
   * @param plain at most 16 MiB; not kept
   * @throws QilinException INVALID_ARGUMENT if it is longer, KEY_UNAVAILABLE if no key is active or the active one is used up,
   *     SECURITY_UNAVAILABLE if there are no random numbers
   */
  public byte[] encrypt(byte[] plain, FieldAddress at) {
    if (plain.length > MOST_BYTES) {
      throw QilinException.invalid(
          "a value to encrypt has at most " + MOST_BYTES + " bytes, not " + plain.length);
    }
    byte[] nonce = FreshBytes.draw(random, AesGcm.NONCE_BYTES);
    try (KeyUse use = ring.encrypting()) {
      byte[] header = header(use.id());
      int start = header.length + nonce.length;
      byte[] out = Arrays.copyOf(header, start + plain.length + AesGcm.TAG_BYTES);
      System.arraycopy(nonce, 0, out, header.length, nonce.length);
      AesGcm.seal(use.key(), nonce, at.bound(header), plain, out, start);
      return out;
    }
  }

  /**
   * Decrypts a value at its place.
   *
   * @throws QilinException DECRYPTION if it is damaged, of another place or of a key that the ring never had; KEY_UNAVAILABLE
   *     if its key is revoked or destroyed
   */
  public byte[] decrypt(byte[] sealed, FieldAddress at) {
    String id = keyId(sealed);
    try (KeyUse use = ring.decrypting(id)) {
      if (use == null) {
        throw AesGcm.failed();
      }
      byte[] header = header(id);
      int start = header.length + AesGcm.NONCE_BYTES;
      byte[] nonce = Arrays.copyOfRange(sealed, header.length, start);
      return AesGcm.open(use.key(), nonce, at.bound(header), sealed, start, sealed.length - start);
    }
  }

  /** {@link #encrypt} of the UTF-8 form of a text, as unpadded base64url. */
  public String encryptText(String plain, FieldAddress at) {
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    try {
      return StrictBase64Url.encode(encrypt(bytes, at));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * {@link #decrypt} of what {@link #encryptText} gave.
   *
   * @throws QilinException as {@link #decrypt}
   */
  public String decryptText(String sealed, FieldAddress at) {
    byte[] plain = decrypt(bytes(sealed), at);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString();
    } catch (CharacterCodingException e) {
      // Without the cause, so that all failures look alike.
      throw AesGcm.failed();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Encrypts a value anew under the active key, so that its old key can be destroyed.
   *
   * @throws QilinException as {@link #decrypt} and {@link #encrypt}
   */
  public byte[] reencrypt(byte[] sealed, FieldAddress at) {
    byte[] plain = decrypt(sealed, at);
    try {
      return encrypt(plain, at);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The id of the key that a value says it was encrypted with; it is not authenticated before the value is decrypted.
   *
   * @throws QilinException DECRYPTION if it is no sealed value
   */
  public static String keyId(byte[] sealed) {
    String id = SealedHeader.keyId(sealed, VERSION, AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES);
    if (id == null) {
      throw AesGcm.failed();
    }
    return id;
  }

  private static byte[] header(String id) {
    return SealedHeader.of(VERSION, id);
  }

  private static byte[] bytes(String sealed) {
    byte[] decoded = StrictBase64Url.decode(sealed);
    if (decoded == null) {
      throw AesGcm.failed();
    }
    return decoded;
  }
}
