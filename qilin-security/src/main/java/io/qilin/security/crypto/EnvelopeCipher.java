package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.internal.FreshBytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * Encrypts each value with a data key of its own (AES-256-GCM), which travels with the value, wrapped by a {@link KeyWrapper}.
 * When the wrapping key changes, only the wrapped data keys are written anew ({@link #rewrap}), not the data.
 *
 * <p>A sealed value is: the version (one byte, 2), the length of the wrapping key's id (one byte), that id (ASCII), the length of
 * the wrapped data key (two bytes), the wrapped data key, the nonce (12 bytes), the ciphertext, the tag (16 bytes).
 * Authenticated are the version and the {@link FieldAddress}; the wrapped key is authenticated by its wrapping. As each data key
 * is used once, no count of uses is needed for it. Safe to share between threads if the wrapper is.
 */
public final class EnvelopeCipher {
  private static final byte VERSION = 2;
  private static final byte[] BOUND = {VERSION};
  private static final int DATA_KEY_BYTES = 32;
  private static final int BODY_BYTES = AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

  private final KeyWrapper wrapper;
  private final SecureRandom random;

  private EnvelopeCipher(KeyWrapper wrapper, SecureRandom random) {
    this.wrapper = wrapper;
    this.random = random;
  }

  /** A cipher over a wrapper; {@code random} makes data keys and nonces. */
  public static EnvelopeCipher of(KeyWrapper wrapper, SecureRandom random) {
    return new EnvelopeCipher(
        Objects.requireNonNull(wrapper, "wrapper"), Objects.requireNonNull(random, "random"));
  }

  /**
   * Encrypts a value for its place.
   *
   * @param plain at most 16 MiB; not kept
   * @throws QilinException INVALID_ARGUMENT if it is longer; KEY_UNAVAILABLE or SECURITY_UNAVAILABLE if the wrapper refuses or
   *     fails, or there are no random numbers
   */
  public byte[] encrypt(byte[] plain, FieldAddress at) {
    if (plain.length > FieldCipher.MOST_BYTES) {
      throw QilinException.invalid("a value to encrypt has at most " + FieldCipher.MOST_BYTES
          + " bytes, not " + plain.length);
    }
    byte[] dataKey = FreshBytes.draw(random, DATA_KEY_BYTES);
    try {
      byte[] nonce = FreshBytes.draw(random, AesGcm.NONCE_BYTES);
      byte[] header = header(wrap(dataKey));
      int start = header.length + nonce.length;
      byte[] out = Arrays.copyOf(header, start + plain.length + AesGcm.TAG_BYTES);
      System.arraycopy(nonce, 0, out, header.length, nonce.length);
      AesGcm.seal(dataKey, nonce, at.bound(BOUND), plain, out, start);
      return out;
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * Decrypts a value at its place.
   *
   * @throws QilinException DECRYPTION if it is damaged, of another place or of an unknown key; KEY_UNAVAILABLE if its wrapping
   *     key is revoked or destroyed; SECURITY_UNAVAILABLE if the wrapper fails
   */
  public byte[] decrypt(byte[] sealed, FieldAddress at) {
    WrappedKey wrapped = wrapped(sealed);
    byte[] dataKey = unwrap(wrapped);
    try {
      int nonceAt = header(wrapped).length;
      int start = nonceAt + AesGcm.NONCE_BYTES;
      byte[] nonce = Arrays.copyOfRange(sealed, nonceAt, start);
      return AesGcm.open(dataKey, nonce, at.bound(BOUND), sealed, start, sealed.length - start);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * Wraps the data key of a value anew under the wrapping key that is active now; the data itself stays as it is.
   *
   * @throws QilinException as {@link #decrypt}
   */
  public byte[] rewrap(byte[] sealed) {
    WrappedKey old = wrapped(sealed);
    byte[] dataKey = unwrap(old);
    try {
      byte[] header = header(wrap(dataKey));
      int bodyAt = header(old).length;
      byte[] out = Arrays.copyOf(header, header.length + sealed.length - bodyAt);
      System.arraycopy(sealed, bodyAt, out, header.length, sealed.length - bodyAt);
      return out;
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  /**
   * The id of the wrapping key that a value says it was encrypted with.
   *
   * @throws QilinException DECRYPTION if it is no sealed value
   */
  public static String keyId(byte[] sealed) {
    return wrapped(sealed).keyId();
  }

  private WrappedKey wrap(byte[] dataKey) {
    try {
      return Objects.requireNonNull(wrapper.wrap(dataKey), "the wrapper's answer");
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private byte[] unwrap(WrappedKey wrapped) {
    byte[] dataKey;
    try {
      dataKey = Objects.requireNonNull(wrapper.unwrap(wrapped), "the wrapper's answer");
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(e);
    }
    if (dataKey.length != DATA_KEY_BYTES) {
      throw AesGcm.failed();
    }
    return dataKey;
  }

  private static QilinException failed(RuntimeException cause) {
    return new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE, "the wrapper of data keys failed; see the cause", cause);
  }

  private static byte[] header(WrappedKey wrapped) {
    byte[] start = SealedHeader.of(VERSION, wrapped.keyId());
    byte[] key = wrapped.bytes();
    return ByteBuffer.allocate(start.length + Short.BYTES + key.length)
        .put(start)
        .putShort((short) key.length)
        .put(key)
        .array();
  }

  private static WrappedKey wrapped(byte[] sealed) {
    String id = SealedHeader.keyId(sealed, VERSION, Short.BYTES + 1 + BODY_BYTES);
    if (id == null) {
      throw AesGcm.failed();
    }
    int at = 2 + id.length();
    int length = ByteBuffer.wrap(sealed).getShort(at);
    int bodyAt = at + Short.BYTES + length;
    if (length < 1 || sealed.length - bodyAt < BODY_BYTES) {
      throw AesGcm.failed();
    }
    try {
      return WrappedKey.of(id, Arrays.copyOfRange(sealed, at + Short.BYTES, bodyAt));
    } catch (QilinException notAnId) {
      // Without the cause, so that all failures look alike.
      throw AesGcm.failed();
    }
  }
}
