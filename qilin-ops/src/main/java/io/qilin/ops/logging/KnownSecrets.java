package io.qilin.ops.logging;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides the secrets that the process knows wherever they stand in a text, also in the form that they have in an address. It keeps
 * no secret, only lengths and hashes. A text is looked through once, by a hash that rolls over eight characters (Rabin and Karp);
 * where it fits, the hash of the whole is compared, then its SHA-256. Safe for use by several threads; a text that is masked while
 * a secret is added may still show it.
 */
public final class KnownSecrets implements LogMasker {
  /** A shorter secret cannot be looked for: hiding every {@code abc} would show where it stands. */
  public static final int SHORTEST = RollingHash.WINDOW;

  /** The longest secret that can be looked for, in characters. */
  public static final int LONGEST = 4_096;

  /** The most secrets at once. */
  public static final int MOST = 1_000;

  /** How often each secret was added, by its own form. */
  private final Map<SecretPrint, Integer> added = new HashMap<>();

  /** How many secrets have each form. */
  private final Map<SecretPrint, Integer> prints = new HashMap<>();

  private int secrets;
  /** Made anew by the first text after a change. */
  private volatile @Nullable SecretTable table;

  /** None yet. */
  public KnownSecrets() {}

  /**
   * Hides one more secret from now on. Added twice, it must be forgotten twice.
   *
   * @throws QilinException INVALID_ARGUMENT if it is shorter than {@value #SHORTEST} or longer than {@value #LONGEST} characters,
   *     LIMIT_EXCEEDED beyond {@value #MOST} secrets
   */
  public synchronized void add(Secret secret) {
    int length = secret.reveal().length();
    if (length < SHORTEST || length > LONGEST) {
      throw QilinException.invalid("a secret to hide in the log has " + SHORTEST + " to " + LONGEST
          + " characters, this one has " + length + "; choose a longer one");
    }
    if (secrets == MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the log hides at most " + MOST + " secrets at once; forget those that are rotated out");
    }
    secrets++;
    added.merge(SecretPrint.of(secret.reveal()), 1, Integer::sum);
    forms(secret).forEach(print -> prints.merge(print, 1, Integer::sum));
    table = null;
  }

  /** Hides a secret no longer; does nothing if it was never added. */
  public synchronized void forget(Secret secret) {
    int length = secret.reveal().length();
    if (length >= SHORTEST && length <= LONGEST && less(added, SecretPrint.of(secret.reveal()))) {
      forms(secret).forEach(print -> less(prints, print));
      secrets--;
      table = null;
    }
  }

  /** Takes one away; false if there was none. */
  private static boolean less(Map<SecretPrint, Integer> counts, SecretPrint print) {
    boolean known = counts.containsKey(print);
    counts.computeIfPresent(print, (any, times) -> times == 1 ? null : times - 1);
    return known;
  }

  /** As it is, and as in an address, where a space is a plus or {@code %20}. */
  private static Set<SecretPrint> forms(Secret secret) {
    String plain = secret.reveal();
    String encoded = URLEncoder.encode(plain, StandardCharsets.UTF_8);
    Set<SecretPrint> forms = new LinkedHashSet<>();
    for (String form : List.of(plain, encoded, encoded.replace("+", "%20"))) {
      forms.add(SecretPrint.of(form));
    }
    return forms;
  }

  /** How many secrets are hidden. */
  public synchronized int size() {
    return secrets;
  }

  @Override
  public String mask(String text) {
    SecretTable now = table;
    return (now == null ? made() : now).mask(text);
  }

  private synchronized SecretTable made() {
    SecretTable now = SecretTable.of(prints);
    table = now;
    return now;
  }

  /** How many secrets it knows. */
  @Override
  public String toString() {
    return "KnownSecrets[" + size() + "]";
  }
}
