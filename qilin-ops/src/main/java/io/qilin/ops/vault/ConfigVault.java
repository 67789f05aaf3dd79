package io.qilin.ops.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.ops.config.SecretReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets for their place in a configuration, as {@code ENC(keyId:…)}, and reads them there.
 *
 * <p>A value is sealed by AES-256-GCM under one key and for one path: at another path, or with any byte changed, it cannot be
 * read. The keys come from a {@link SecretProvider}, 32 random bytes in Base64 each, under the name {@code config-keys/} and their
 * id. New values are sealed under the primary key; the others only read, so that keys can be changed without a gap: make the new
 * key primary and keep the old one, have the files sealed again by {@link ConfigVaultFile}, then take the old key away.
 *
 * <p>No key is kept: the provider is asked at every call, so that one that is withdrawn there counts as withdrawn here. Safe to
 * share between threads if the provider is. No message, and not {@link #toString}, holds a key or a value.
 */
public final class ConfigVault implements SecretReader {
  /** The most bytes that a secret has in UTF-8. */
  public static final int MOST_BYTES = 32 << 10;

  private static final int MOST_KEYS = 32;

  private final SecretProvider provider;
  private final String prefix;
  private final @Nullable String primary;
  private final List<String> keyIds;
  private final SecureRandom random;

  private ConfigVault(Builder builder) {
    this.provider = builder.provider;
    this.prefix = builder.prefix;
    this.primary = builder.primary;
    this.keyIds = List.copyOf(builder.keyIds);
    this.random = builder.random;
  }

  /**
   * A vault in the making.
   *
   * @param provider where the keys are kept
   */
  public static Builder builder(SecretProvider provider) {
    return new Builder(Objects.requireNonNull(provider, "provider"));
  }

  /** Whether a text says that it is sealed; it may still be damaged. */
  public static boolean isSealed(String text) {
    return text.startsWith(SealedText.BEGIN);
  }

  /** The ids of the keys that this vault may use, the primary one first. */
  public List<String> keyIds() {
    return keyIds;
  }

  /** The id of the key that new values are sealed under; empty if this vault only reads. */
  public Optional<String> primaryKey() {
    return Optional.ofNullable(primary);
  }

  /**
   * Seals a secret for a place under the primary key.
   *
   * @param path where it will stand, exactly as the configuration names it, for example {@code llm.providers[0].api-key}
   * @param secret at most {@value #MOST_BYTES} bytes in UTF-8
   * @return {@code ENC(keyId:…)}, another text at each call
   * @throws QilinException INVALID_ARGUMENT for an empty path or a secret that is too long or no text; KEY_UNAVAILABLE without a
   *     primary key or where the provider has it no more; WEAK_KEY; what the provider throws
   */
  public String seal(String path, Secret secret) {
    if (path.isBlank()) {
      throw QilinException.invalid("a value is sealed for a place, for example database.password");
    }
    if (primary == null) {
      throw new QilinException(
          ErrorCode.KEY_UNAVAILABLE, "this vault has no primary key to seal with, it only reads");
    }
    byte[] plain = bytes(path, secret);
    try {
      SecretKey key = key(primary, path);
      return SealedText.of(primary, ValueSeal.seal(key, primary, path, plain, random))
          .toString();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] bytes(String path, Secret secret) {
    CharBuffer text = CharBuffer.wrap(secret.reveal());
    if (text.remaining() > MOST_BYTES) {
      throw tooLong(path, text.remaining() + " characters");
    }
    byte[] room = new byte[3 * text.remaining()];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    if (StandardCharsets.UTF_8.newEncoder().encode(text, encoded, true).isError()) {
      Arrays.fill(room, (byte) 0);
      throw QilinException.invalid("the secret for " + QilinException.quote(path)
          + " is no text: half a character is in it");
    }
    byte[] bytes = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    if (bytes.length > MOST_BYTES) {
      Arrays.fill(bytes, (byte) 0);
      throw tooLong(path, bytes.length + " bytes");
    }
    return bytes;
  }

  private static QilinException tooLong(String path, String length) {
    return QilinException.invalid("the secret for " + QilinException.quote(path) + " has " + length
        + ", at most " + MOST_BYTES + " bytes are sealed");
  }

  /**
   * Reads a sealed value at its place.
   *
   * @throws QilinException KEY_UNAVAILABLE if its key is not one of this vault's, or the provider has it no more; DECRYPTION if it
   *     is not of the form, of another place or key, or damaged; which of these is not said; WEAK_KEY; what the provider throws
   */
  @Override
  public Secret read(String path, String text) {
    SealedText sealed = SealedText.parse(text).orElseThrow(() -> unreadable(path));
    SecretKey key = key(sealed.keyId(), path);
    byte[] plain = ValueSeal.open(key, sealed.keyId(), path, sealed.sealed())
        .orElseThrow(() -> unreadable(path));
    try {
      return Secret.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain)).toString());
    } catch (CharacterCodingException e) {
      throw unreadable(path);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static QilinException unreadable(String path) {
    return new QilinException(
        ErrorCode.DECRYPTION,
        "the value at " + QilinException.quote(path)
            + " cannot be decrypted; it is to be of the form"
            + " ENC(keyId:…), and sealed for this place");
  }

  private SecretKey key(String keyId, String path) {
    if (!keyIds.contains(keyId)) {
      throw unavailable(keyId, path, "it is not one of this vault's keys " + keyIds);
    }
    Optional<Secret> secret;
    try {
      secret = provider.secret(prefix + keyId);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message and causes may hold the key, so they are not passed on.
      throw failed(keyId, "threw " + e.getClass().getSimpleName());
    }
    if (secret == null) {
      throw failed(keyId, "answered null");
    }
    return VaultKey.of(
        keyId,
        secret.orElseThrow(() -> unavailable(
            keyId, path, "the provider has no secret " + QilinException.quote(prefix + keyId))));
  }

  private static QilinException unavailable(String keyId, String path, String why) {
    return new QilinException(
        ErrorCode.KEY_UNAVAILABLE,
        "the key '" + keyId + "' for the value at " + QilinException.quote(path)
            + " cannot be had: " + why);
  }

  private static QilinException failed(String keyId, String how) {
    return new QilinException(
        ErrorCode.SECRET_UNAVAILABLE,
        "the key '" + keyId + "' cannot be had: the provider of secrets " + how);
  }

  /** Shows the ids of the keys. */
  @Override
  public String toString() {
    return "ConfigVault" + keyIds;
  }

  /** A vault in the making. Not thread-safe. */
  public static final class Builder {
    private final SecretProvider provider;
    private final Set<String> others = new LinkedHashSet<>();
    private final Set<String> keyIds = new LinkedHashSet<>();
    private String prefix = "config-keys/";
    private @Nullable String primary;
    private SecureRandom random = new SecureRandom();

    private Builder(SecretProvider provider) {
      this.provider = provider;
    }

    /**
     * The key that new values are sealed under; none unless set, and then the vault only reads.
     *
     * @throws QilinException INVALID_ARGUMENT for an id that is not of 1 to 64 letters, digits and {@code ._-}
     */
    public Builder primaryKey(String keyId) {
      primary = SealedText.checkKeyId(keyId);
      return this;
    }

    /**
     * Further keys that values are read with; none unless set.
     *
     * @throws QilinException INVALID_ARGUMENT for an id that is not of 1 to 64 letters, digits and {@code ._-}
     */
    public Builder keys(String... more) {
      for (String keyId : more) {
        others.add(SealedText.checkKeyId(keyId));
      }
      return this;
    }

    /** What stands before the id in the name of a key's secret; {@code config-keys/} unless set. */
    public Builder prefix(String before) {
      prefix = Objects.requireNonNull(before, "prefix");
      return this;
    }

    /** Where the nonces are drawn from; a {@code SecureRandom} of the platform's choice unless set. */
    public Builder random(SecureRandom source) {
      random = Objects.requireNonNull(source, "random");
      return this;
    }

    /**
     * The vault. The provider is not asked yet.
     *
     * @throws QilinException INVALID_ARGUMENT if it has no key or more than 32
     */
    public ConfigVault build() {
      keyIds.clear();
      if (primary != null) {
        keyIds.add(primary);
      }
      keyIds.addAll(others);
      if (keyIds.isEmpty() || keyIds.size() > MOST_KEYS) {
        throw QilinException.invalid(
            "a vault has 1 to " + MOST_KEYS + " keys, not " + keyIds.size());
      }
      return new ConfigVault(this);
    }
  }
}
