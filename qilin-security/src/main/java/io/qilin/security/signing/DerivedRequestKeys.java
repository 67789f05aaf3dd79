package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.crypto.HashAlgorithm;
import io.qilin.security.crypto.Hmac;
import io.qilin.security.crypto.KeyStrength;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * A signing key for each API key, computed from one master key and the API key's id (HMAC-SHA256 as the one step of a key derivation,
 * NIST SP 800-108), so that a stolen table of API keys holds nothing to sign with. A key lives and ends with its API key. Immutable;
 * safe to share between threads if the store is.
 */
public final class DerivedRequestKeys implements RequestKeys {
  private static final String LABEL = "qilin-request-key-v1:";

  private final Hmac master;
  private final ApiKeyStore store;

  private DerivedRequestKeys(byte[] master, ApiKeyStore store) {
    this.master = Hmac.of(HashAlgorithm.SHA_256, master);
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * Keys below a master key.
   *
   * @param master at least 32 random bytes, from a {@code SecretProvider}; another one makes all clients' keys invalid
   * @throws QilinException WEAK_KEY as {@link KeyStrength}
   */
  public static DerivedRequestKeys of(byte[] master, ApiKeyStore store) {
    KeyStrength.check(master, 256, "the master key of request signing");
    return new DerivedRequestKeys(master, store);
  }

  @Override
  public Optional<RequestKey> find(String id) {
    return store
        .find(id)
        .filter(key -> key.id().equals(id))
        .map(key -> RequestKey.of(id, derive(id), key.state(), key.expiresAt()));
  }

  /**
   * What the owner of an API key signs with, as 64 hex digits; {@code HexFormat} makes the 32 bytes of it.
   *
   * @param id the id of an API key
   */
  public Secret secretFor(String id) {
    return Secret.of(HexFormat.of().formatHex(derive(id)));
  }

  private byte[] derive(String id) {
    return master.sign((LABEL + id).getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "DerivedRequestKeys[***]";
  }
}
