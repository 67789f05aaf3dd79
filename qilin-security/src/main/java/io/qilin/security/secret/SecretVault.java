package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import io.qilin.security.crypto.KeyStrength;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Secrets in one encrypted file.
 *
 * <p>Two keys are derived from a passphrase with PBKDF2-HMAC-SHA512 (210,000 iterations). Each value is AES-256-GCM with its name
 * authenticated, so that values cannot change places; a MAC covers the whole file with its revision, so that none can be removed or
 * brought back. An older copy of the file is valid in itself: it is refused only if the host keeps {@link #revision} elsewhere and
 * passes it to {@link #open}. A write replaces the file as a whole and is on the disk when the call returns; one process writes.
 * Safe to share between threads; closing wipes the keys.
 */
public final class SecretVault implements SecretProvider, AutoCloseable {
  private static final int LEAST_PASSPHRASE_BITS = 96;
  private static final int LONGEST_VALUE = 64 << 10;
  private static final int MOST_VALUES = 10_000;

  private final Path file;
  private final SecureRandom random;
  private VaultKeys keys;
  private VaultFile content;

  private SecretVault(Path file, SecureRandom random, VaultKeys keys, VaultFile content) {
    this.file = file;
    this.random = random;
    this.keys = keys;
    this.content = content;
  }

  /**
   * Makes an empty vault, of revision 1.
   *
   * @param file must not exist; its folder must, and others may not write to it
   * @param passphrase at least 12 bytes of UTF-8; not kept and not changed
   * @param random makes salts and nonces
   * @throws QilinException DATA_CONFLICT if the file exists, WEAK_KEY for a weak passphrase, SECRET_UNAVAILABLE if it cannot be seen
   *     whether the file exists, IO if it cannot be written
   */
  public static SecretVault create(Path file, char[] passphrase, SecureRandom random) {
    check(passphrase);
    if (!PrivateFiles.absent(file)) {
      throw new QilinException(
          ErrorCode.DATA_CONFLICT, "the vault " + file.getFileName() + " exists already; open it");
    }
    byte[] salt = new byte[VaultFile.SALT_BYTES];
    random.nextBytes(salt);
    VaultKeys keys = VaultKeys.derive(passphrase, salt, VaultFile.ITERATIONS);
    try {
      VaultFile content = authenticated(keys, VaultFile.ITERATIONS, salt, 1, Map.of());
      PrivateFiles.replace(file, content.json());
      PrivateFiles.settle(file);
      return new SecretVault(file, random, keys, content);
    } catch (QilinException e) {
      keys.wipe();
      throw e;
    }
  }

  /**
   * Opens a vault.
   *
   * @param leastRevision the newest revision that the host knows of, kept elsewhere; 0 takes any, an old copy too
   * @throws QilinException SECRET_UNAVAILABLE if the file cannot be read or may be read by others; INPUT_REJECTED or DATA_FORMAT if
   *     it is damaged; DECRYPTION if the passphrase is wrong or the file was changed, which of these is not said; DATA_CONFLICT if
   *     it is older than {@code leastRevision}
   */
  public static SecretVault open(
      Path file, char[] passphrase, long leastRevision, SecureRandom random) {
    VaultFile content = VaultFile.parse(PrivateFiles.read(file, PrivateFiles.MOST_BYTES));
    VaultKeys keys = VaultKeys.derive(passphrase, content.salt(), content.iterations);
    byte[] mac = keys.mac(VaultFile.authenticated(
        content.iterations, content.salt(), content.revision, content.values()));
    if (!MessageDigest.isEqual(mac, content.mac())) {
      keys.wipe();
      throw new QilinException(
          ErrorCode.DECRYPTION,
          "the vault " + file.getFileName()
              + " cannot be opened: the passphrase is wrong or the file was changed");
    }
    if (content.revision < leastRevision) {
      keys.wipe();
      throw new QilinException(
          ErrorCode.DATA_CONFLICT,
          "the vault " + file.getFileName() + " has the revision " + content.revision + ", but "
              + leastRevision + " is known: it is an old copy; restore the newest");
    }
    return new SecretVault(file, Objects.requireNonNull(random, "random"), keys, content);
  }

  private static void check(char[] passphrase) {
    byte[] bytes = new String(passphrase).getBytes(StandardCharsets.UTF_8);
    try {
      KeyStrength.check(bytes, LEAST_PASSPHRASE_BITS, "the passphrase of the vault");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static VaultFile authenticated(
      VaultKeys keys, int iterations, byte[] salt, long revision, Map<String, byte[]> values) {
    byte[] mac = keys.mac(VaultFile.authenticated(iterations, salt, revision, values));
    return new VaultFile(iterations, salt, revision, values, mac);
  }

  /** The revision, which each write makes one more. */
  public synchronized long revision() {
    return content.revision;
  }

  /** The names of all secrets, sorted. */
  public synchronized Set<String> names() {
    return new TreeSet<>(content.values().keySet());
  }

  /**
   * The secret of a name.
   *
   * @throws QilinException INVALID_ARGUMENT for a name of another form, KEY_UNAVAILABLE if the vault is closed
   */
  @Override
  public synchronized Optional<Secret> secret(String name) {
    keys.check();
    byte[] sealed = content.values().get(SecretNames.check(name));
    if (sealed == null) {
      return Optional.empty();
    }
    byte[] plain = keys.open(sealed, VaultFile.place(name), name);
    try {
      return Optional.of(Secret.of(new String(plain, StandardCharsets.UTF_8)));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Keeps a secret, in the place of one of the same name.
   *
   * @throws QilinException INVALID_ARGUMENT for a name of another form or a secret of more than 64 KiB, WEAK_KEY for a weak secret
   *     or a known placeholder, LIMIT_EXCEEDED beyond 10,000 secrets, DATA_CONFLICT if another process wrote the file,
   *     SECRET_UNAVAILABLE if it cannot be read, IO if it cannot be written. Nothing is changed then, unless {@link #revision} has
   *     grown: then the file is the new one, but a power cut may bring back the old one until a later write succeeds
   */
  public synchronized void put(String name, Secret secret) {
    SecretNames.strong(SecretNames.check(name), secret);
    byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      if (plain.length > LONGEST_VALUE) {
        throw QilinException.invalid(
            "a secret has at most " + LONGEST_VALUE + " bytes, '" + name + "' has " + plain.length);
      }
      byte[] sealed = keys.seal(plain, VaultFile.place(name), random);
      change(values -> values.put(name, sealed));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Forgets a secret; errors as {@link #put}. Without one of this name nothing is written. */
  public synchronized void remove(String name) {
    if (content.values().containsKey(SecretNames.check(name))) {
      change(values -> values.remove(name));
    }
  }

  /**
   * Encrypts everything anew under another passphrase, salt and keys.
   *
   * @param passphrase at least 12 bytes of UTF-8; not kept and not changed
   * @throws QilinException WEAK_KEY for a weak passphrase, otherwise as {@link #put}; the old passphrase stays then. If the revision
   *     has grown nonetheless, the new one holds, and both are needed until a later write succeeds
   */
  public synchronized void rekey(char[] passphrase) {
    check(passphrase);
    byte[] salt = new byte[VaultFile.SALT_BYTES];
    random.nextBytes(salt);
    VaultKeys before = keys;
    VaultKeys fresh = VaultKeys.derive(passphrase, salt, VaultFile.ITERATIONS);
    try {
      Map<String, byte[]> values = new TreeMap<>();
      content.values().forEach((name, kept) -> {
        byte[] plain = before.open(kept, VaultFile.place(name), name);
        values.put(name, fresh.seal(plain, VaultFile.place(name), random));
        Arrays.fill(plain, (byte) 0);
      });
      write(fresh, authenticated(fresh, VaultFile.ITERATIONS, salt, content.revision + 1, values));
    } finally {
      (keys == fresh ? before : fresh).wipe();
    }
  }

  private void change(Consumer<Map<String, byte[]>> edit) {
    Map<String, byte[]> values = content.values();
    edit.accept(values);
    if (values.size() > MOST_VALUES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a vault has at most " + MOST_VALUES + " secrets");
    }
    write(
        keys,
        authenticated(keys, content.iterations, content.salt(), content.revision + 1, values));
  }

  /** From the moment on at which the file is the new one, so is what is kept here. */
  private void write(VaultKeys with, VaultFile next) {
    byte[] json = next.json();
    if (json.length > PrivateFiles.MOST_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a vault has at most " + PrivateFiles.MOST_BYTES + " bytes");
    }
    if (!VaultFile.parse(PrivateFiles.read(file, PrivateFiles.MOST_BYTES)).sameAs(content)) {
      throw new QilinException(
          ErrorCode.DATA_CONFLICT,
          "the vault " + file.getFileName() + " was written by another; open it again");
    }
    PrivateFiles.replace(file, json);
    content = next;
    keys = with;
    PrivateFiles.settle(file);
  }

  /** Wipes the keys; secrets can be neither had nor kept from then on. */
  @Override
  public synchronized void close() {
    keys.wipe();
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "SecretVault[" + file.getFileName() + "]";
  }
}
