package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyWrapper;
import io.qilin.security.crypto.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Wraps the data keys of qilin-security's {@code EnvelopeCipher} with a key of the transit engine. The id of a wrapped key is the
 * mount, the key and its version, for example {@code transit/orders/v3}; when the key was rotated, {@code EnvelopeCipher.rewrap}
 * brings a value to the new version. Needs qilin-security. Safe to share between threads.
 */
public final class TransitKeyWrapper implements KeyWrapper {
  /** What a key id may have is 64 characters; the version takes up to 11 of them. */
  private static final int MOST_CHARACTERS = 53;

  private final VaultTransit transit;
  private final String key;
  private final String prefix;

  private TransitKeyWrapper(VaultTransit transit, String key, String prefix) {
    this.transit = transit;
    this.key = key;
    this.prefix = prefix;
  }

  /**
   * A wrapper over a key. The server is not asked yet.
   *
   * @param key of a type that encrypts, for example {@code aes256-gcm96}
   * @throws QilinException INVALID_ARGUMENT if mount and key together have more than 53 characters
   */
  public static TransitKeyWrapper of(VaultTransit transit, String key) {
    Objects.requireNonNull(transit, "transit");
    String name = transit.mount() + "/" + VaultPath.name("a key of Vault", key);
    if (name.length() > MOST_CHARACTERS || name.startsWith("_")) {
      throw QilinException.invalid(
          "mount and key have at most 53 characters together and begin with a letter or digit to be a"
              + " key id, was " + QilinException.quote(name));
    }
    return new TransitKeyWrapper(transit, key, name + "/v");
  }

  @Override
  public WrappedKey wrap(byte[] dataKey) {
    String ciphertext = transit.encrypt(key, dataKey);
    return WrappedKey.of(
        prefix + VaultTransit.version(ciphertext), ciphertext.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped) {
    String ciphertext = new String(wrapped.bytes(), StandardCharsets.ISO_8859_1);
    if (!wrapped.keyId().equals(prefix + VaultTransit.version(ciphertext))) {
      throw new QilinException(
          ErrorCode.DECRYPTION, "a wrapped key is damaged, or of another key than " + this);
    }
    return transit.decrypt(key, ciphertext);
  }

  /** For example {@code TransitKeyWrapper[transit/orders]}. */
  @Override
  public String toString() {
    return "TransitKeyWrapper[" + transit.mount() + "/" + key + "]";
  }
}
