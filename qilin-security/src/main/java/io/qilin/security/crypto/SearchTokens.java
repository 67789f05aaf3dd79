package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tokens by which an encrypted value can still be found: equal values give equal tokens, and nobody without the key can make or
 * undo one. A token is HMAC-SHA256 with a key that HKDF derives from a key of the ring for one purpose, so that the tokens of two
 * purposes do not match.
 *
 * <p>Equality is all that is hidden badly: whoever sees the tokens sees which records agree and how often. The caller brings a
 * value into one form first (spaces, case, width); the ring should be used for nothing else. Safe to share between threads.
 */
public final class SearchTokens {
  private static final String INFO = "qilin search token v1 ";
  private static final int KEY_BYTES = 32;
  private static final int MOST_PURPOSE = 128;

  private final KeyRing ring;
  private final byte[] info;
  private volatile Keys keys;

  private SearchTokens(KeyRing ring, byte[] info) {
    this.ring = ring;
    this.info = info;
    this.keys = derive();
  }

  /**
   * Tokens for one purpose.
   *
   * @param purpose what they search, with the tenant where there are several, for example {@code t1/account/resident-id}; 1 to
   *     128 characters
   * @throws QilinException INVALID_ARGUMENT if the purpose is empty or longer
   */
  public static SearchTokens of(KeyRing ring, String purpose) {
    Objects.requireNonNull(ring, "ring");
    if (purpose.isEmpty() || purpose.length() > MOST_PURPOSE) {
      throw QilinException.invalid(
          "a purpose has 1 to " + MOST_PURPOSE + " characters, not " + purpose.length());
    }
    return new SearchTokens(ring, (INFO + purpose).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The token to store: 64 hexadecimal digits under the active key.
   *
   * @throws QilinException KEY_UNAVAILABLE if no key is active
   */
  public String token(String value) {
    String active = ring.activeId();
    Hmac mac = current().macs.get(active);
    if (mac == null) {
      throw KeyRing.unavailable(active, "is not usable any more");
    }
    return hex(mac, value);
  }

  /** The tokens to search for: one for each key that was not revoked, that of the active key first. */
  public List<String> candidates(String value) {
    List<String> all = new ArrayList<>();
    for (Hmac mac : current().macs.values()) {
      all.add(hex(mac, value));
    }
    return Collections.unmodifiableList(all);
  }

  private static String hex(Hmac mac, String value) {
    return HexFormat.of().formatHex(mac.sign(value.getBytes(StandardCharsets.UTF_8)));
  }

  private Keys current() {
    Keys now = keys;
    if (now.version != ring.version()) {
      now = derive();
      keys = now;
    }
    return now;
  }

  /** Takes the version first: a change in between gives an old version, and is seen by the next call. */
  private Keys derive() {
    long version = ring.version();
    Map<String, Hmac> macs = new LinkedHashMap<>();
    for (KeyUse use : ring.usable()) {
      try (use) {
        byte[] key = Hkdf.derive(HashAlgorithm.SHA_256, use.key(), new byte[0], info, KEY_BYTES);
        macs.put(use.id(), Hmac.of(HashAlgorithm.SHA_256, key));
        Arrays.fill(key, (byte) 0);
      }
    }
    return new Keys(version, macs);
  }

  private record Keys(long version, Map<String, Hmac> macs) {}
}
