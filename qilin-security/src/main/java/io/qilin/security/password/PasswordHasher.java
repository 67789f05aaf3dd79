package io.qilin.security.password;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyStrength;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stores passwords as Argon2id hashes and verifies them.
 *
 * <p>The record holds its own parameters, salt and the id of its pepper, so that settings and peppers can change: a right password
 * with an old record brings a new one ({@link PasswordVerdict.Match#upgrade}). Records of PBKDF2 are verified, and upgraded, never
 * made. An unknown user costs the same work as a known one ({@link #verifyUnknown}). Not more than a given number of hashes are
 * calculated at once; a call that waits longer than {@link Builder#patience} is refused. Passwords are arrays, so that the caller
 * can wipe them; what this class makes of them it wipes. Safe to share between threads.
 */
public final class PasswordHasher {
  /** The longest password in bytes of UTF-8. */
  public static final int MOST_BYTES = 1024;

  /** The shortest new password in characters (OWASP ASVS 5.0, 6.2.1). */
  public static final int FEWEST_CHARACTERS = 8;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final SecureRandom random;
  private final Semaphore permits;
  private final Duration patience;
  private final Argon2Settings settings;
  private final Set<Argon2Settings> verified;
  private final Map<String, byte[]> peppers;
  private final Optional<String> pepper;
  private final @Nullable BreachedPasswords breached;

  private PasswordHasher(Builder builder) {
    this.random = builder.random;
    this.permits = new Semaphore(builder.atOnce, true);
    this.patience = builder.patience;
    this.settings = builder.settings;
    this.verified = new HashSet<>(builder.verified);
    this.verified.add(settings);
    this.peppers = Map.copyOf(builder.peppers);
    this.pepper = Optional.ofNullable(builder.pepper);
    this.breached = builder.breached;
  }

  /**
   * A hasher to be set.
   *
   * @param random makes the salts
   * @param atOnce how many hashes are calculated at once, for example half the processors; each needs the memory of the settings
   * @throws QilinException INVALID_ARGUMENT if {@code atOnce} is not positive
   */
  public static Builder builder(SecureRandom random, int atOnce) {
    return new Builder(random, atOnce);
  }

  /**
   * The record to store for a new password.
   *
   * @param password 8 characters to 1,024 bytes of UTF-8; not kept and not changed
   * @throws QilinException INPUT_REJECTED if it is shorter, longer, not well-formed or known to be breached;
   *     SECURITY_UNAVAILABLE if the list of breached passwords or the random numbers fail; RESOURCE_EXHAUSTED if too many hashes
   *     are being calculated
   */
  public String hash(char[] password) {
    if (password.length < FEWEST_CHARACTERS) {
      throw rejected("it has fewer than " + FEWEST_CHARACTERS + " characters");
    }
    byte[] bytes = bytes(password);
    try {
      refuseBreached(bytes);
      return permitted(() -> fresh(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Whether a password is the one of a record.
   *
   * @param password at most 1,024 bytes of UTF-8; not kept and not changed
   * @param record what {@link #hash} returned, or a record of PBKDF2
   * @throws QilinException INPUT_REJECTED if the password is longer or not well-formed, DATA_FORMAT if the record is damaged,
   *     KEY_UNAVAILABLE if its pepper is not there, UNSUPPORTED if its settings are not among those that are verified,
   *     RESOURCE_EXHAUSTED if too many hashes are being calculated
   */
  public PasswordVerdict verify(char[] password, String record) {
    byte[] bytes = bytes(password);
    try {
      PasswordRecord known = PasswordRecord.parse(record);
      return permitted(() -> verify(bytes, known));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** For a user that is not known: does the same work as {@link #verify} for one that is, and never matches. */
  public PasswordVerdict verifyUnknown(char[] password) {
    byte[] bytes = bytes(password);
    try {
      return permitted(() -> {
        byte[] hash = argon(bytes, settings, pepper, new byte[SALT_BYTES], HASH_BYTES);
        Arrays.fill(hash, (byte) 0);
        return new PasswordVerdict.Mismatch();
      });
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private PasswordVerdict verify(byte[] password, PasswordRecord known) {
    byte[] hash = hash(password, known);
    byte[] stored = known.hash();
    boolean matches = MessageDigest.isEqual(hash, stored);
    Arrays.fill(hash, (byte) 0);
    if (!matches) {
      return new PasswordVerdict.Mismatch();
    }
    return new PasswordVerdict.Match(
        current(known) ? Optional.empty() : Optional.of(fresh(password)));
  }

  private boolean current(PasswordRecord known) {
    return known.function.equals(PasswordRecord.ARGON)
        && new Argon2Settings(known.cost, known.passes).atLeast(settings)
        && known.hashLength() >= HASH_BYTES
        && known.keyId.equals(pepper);
  }

  private byte[] hash(byte[] password, PasswordRecord known) {
    if (!known.function.equals(PasswordRecord.ARGON)) {
      return pbkdf2(password, known);
    }
    Argon2Settings asked = verified.stream()
        .filter(one -> one.memoryKib() == known.cost && one.passes() == known.passes)
        .findFirst()
        .orElseThrow(
            () -> new QilinException(
                ErrorCode.UNSUPPORTED,
                "a password record asks for " + known.cost + " KiB and " + known.passes
                    + " passes, which is not among the settings that are verified; add it with alsoVerify"));
    return argon(password, asked, known.keyId, known.salt(), known.hashLength());
  }

  private String fresh(byte[] password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = argon(password, settings, pepper, salt, HASH_BYTES);
    PasswordRecord made = new PasswordRecord(
        PasswordRecord.ARGON, settings.memoryKib(), settings.passes(), pepper, salt, hash);
    Arrays.fill(hash, (byte) 0);
    return made.text();
  }

  private byte[] argon(
      byte[] password, Argon2Settings asked, Optional<String> keyId, byte[] salt, int length) {
    byte[] peppered = peppered(password, keyId);
    try {
      return Argon2Function.getInstance(asked.memoryKib(), asked.passes(), 1, length, Argon2.ID)
          .hash(peppered, salt)
          .getBytes();
    } finally {
      Arrays.fill(peppered, (byte) 0);
    }
  }

  private byte[] pbkdf2(byte[] password, PasswordRecord known) {
    String name = known.function.equals(PasswordRecord.PBKDF2_SHA512)
        ? "PBKDF2WithHmacSHA512"
        : "PBKDF2WithHmacSHA256";
    byte[] peppered = peppered(password, known.keyId);
    // The JDK takes characters and encodes them as UTF-8; a pepper's bytes go in as hexadecimal
    // digits.
    char[] characters = known.keyId.isPresent()
        ? HexFormat.of().formatHex(peppered).toCharArray()
        : characters(peppered);
    PBEKeySpec work = new PBEKeySpec(characters, known.salt(), known.cost, known.hashLength() * 8);
    try {
      return SecretKeyFactory.getInstance(name).generateSecret(work).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this Java platform has no " + name, e);
    } finally {
      work.clearPassword();
      Arrays.fill(characters, '\0');
      Arrays.fill(peppered, (byte) 0);
    }
  }

  private static char[] characters(byte[] utf8) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    char[] characters = new char[decoded.remaining()];
    decoded.get(characters);
    Arrays.fill(decoded.array(), '\0');
    return characters;
  }

  /** HMAC-SHA256 of the password under the pepper; a copy of the password without one. */
  private byte[] peppered(byte[] password, Optional<String> keyId) {
    if (keyId.isEmpty()) {
      return password.clone();
    }
    byte[] key = peppers.get(keyId.get());
    if (key == null) {
      throw new QilinException(
          ErrorCode.KEY_UNAVAILABLE,
          "a password record asks for the pepper '" + keyId.get() + "', which is not there");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this Java platform has no HMAC-SHA256", e);
    }
  }

  private void refuseBreached(byte[] password) {
    if (breached == null) {
      return;
    }
    String digest = sha1(password);
    Set<String> known;
    try {
      known = breached.suffixes(digest.substring(0, 5));
    } catch (RuntimeException e) {
      throw unavailable("it threw " + e.getClass().getSimpleName());
    }
    if (known == null) {
      throw unavailable("it answered nothing");
    }
    if (known.contains(digest.substring(5))) {
      throw rejected("it is in a list of passwords that became known");
    }
  }

  /** SHA-1 because the lists are indexed by it; it protects nothing here. */
  private static String sha1(byte[] password) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(password);
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new QilinException(
          ErrorCode.ALGORITHM_UNSUPPORTED, "this Java platform has no SHA-1", e);
    }
  }

  /** The UTF-8 of a password in Unicode's composed form (NFC), so that it does not matter how a keyboard makes an accent. */
  @SuppressWarnings("ByteBufferBackingArray") // the encoder allocates it, from its first byte on
  private static byte[] bytes(char[] password) {
    if (password.length == 0 || password.length > MOST_BYTES) {
      throw rejected("it is empty or has more than " + MOST_BYTES + " bytes");
    }
    CharBuffer composed = CharBuffer.wrap(
        ascii(password)
            ? password.clone()
            : Normalizer.normalize(CharBuffer.wrap(password), Normalizer.Form.NFC)
                .toCharArray());
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(composed);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Arrays.fill(encoded.array(), (byte) 0);
      if (bytes.length > MOST_BYTES) {
        Arrays.fill(bytes, (byte) 0);
        throw rejected("it has more than " + MOST_BYTES + " bytes");
      }
      return bytes;
    } catch (CharacterCodingException e) {
      throw rejected("it is not well-formed text");
    } finally {
      Arrays.fill(composed.array(), '\0');
    }
  }

  private static boolean ascii(char[] password) {
    boolean ascii = true;
    for (char c : password) {
      ascii &= c < 128;
    }
    return ascii;
  }

  private <T> T permitted(Supplier<T> work) {
    boolean permitted;
    try {
      permitted = permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted while it waited to calculate a hash", e);
    }
    if (!permitted) {
      throw new QilinException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "too many passwords are being verified at once; try again later");
    }
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }

  private static QilinException rejected(String why) {
    return new QilinException(ErrorCode.INPUT_REJECTED, "the password is refused: " + why);
  }

  private static QilinException unavailable(String why) {
    return new QilinException(
        ErrorCode.SECURITY_UNAVAILABLE,
        "the list of breached passwords failed: " + why + "; the password is refused");
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "PasswordHasher[" + settings + "]";
  }

  /** Sets a hasher. */
  public static final class Builder {
    private final SecureRandom random;
    private final int atOnce;
    private Duration patience = Duration.ofSeconds(5);
    private Argon2Settings settings = Argon2Settings.DEFAULT;
    private final Set<Argon2Settings> verified = new HashSet<>(Argon2Settings.listed());
    private final Map<String, byte[]> peppers = new HashMap<>();
    private @Nullable String pepper;
    private @Nullable BreachedPasswords breached;

    private Builder(SecureRandom random, int atOnce) {
      if (atOnce < 1) {
        throw QilinException.invalid("at least one hash is calculated at once, not " + atOnce);
      }
      this.random = Objects.requireNonNull(random, "random");
      this.atOnce = atOnce;
    }

    /** How hard new hashes are; {@link Argon2Settings#DEFAULT} unless set. */
    public Builder settings(Argon2Settings wanted) {
      settings = Objects.requireNonNull(wanted, "wanted");
      return this;
    }

    /** Settings of records that are verified too; the five that OWASP lists always are. */
    public Builder alsoVerify(Argon2Settings known) {
      verified.add(Objects.requireNonNull(known, "known"));
      return this;
    }

    /**
     * How long a call waits for its turn; 5 seconds unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if it is negative or longer than a minute
     */
    public Builder patience(Duration most) {
      if (most.isNegative() || most.compareTo(Duration.ofMinutes(1)) > 0) {
        throw QilinException.invalid(
            "a call waits between nothing and a minute for its turn, not " + most);
      }
      patience = most;
      return this;
    }

    /**
     * A secret that is not stored with the records: passwords go through HMAC-SHA256 with it first. The one given last is used
     * for new records, the others verify.
     *
     * @param keyId letters, digits and dashes, at most 32; part of the record
     * @param key at least 32 bytes; copied
     * @throws QilinException INVALID_ARGUMENT for an id of another form or one that is taken, WEAK_KEY for a weak key
     */
    public Builder pepper(String keyId, byte[] key) {
      if (!PasswordRecord.KEY_ID.matcher(keyId).matches() || peppers.containsKey(keyId)) {
        throw QilinException.invalid(
            "the id of a pepper has 1 to 32 letters, digits and dashes and is given once, not "
                + QilinException.quote(keyId));
      }
      KeyStrength.check(key, 256, "the pepper '" + keyId + "'");
      peppers.put(keyId, key.clone());
      pepper = keyId;
      return this;
    }

    /** A list that new passwords must not be in; none unless set. */
    public Builder breached(BreachedPasswords list) {
      breached = Objects.requireNonNull(list, "list");
      return this;
    }

    /** The hasher. */
    public PasswordHasher build() {
      return new PasswordHasher(this);
    }
  }
}
