package io.qilin.security.password;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stored password in the form of the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1,keyid=a1$salt$hash}, or
 * {@code $pbkdf2-sha512$i=210000$salt$hash} (also sha256). Salt and hash are in Base64 without padding; keyid names the pepper.
 */
final class PasswordRecord {
  static final String ARGON = "argon2id";
  static final String PBKDF2_SHA256 = "pbkdf2-sha256";
  static final String PBKDF2_SHA512 = "pbkdf2-sha512";

  static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9-]{1,32}");

  private static final int LONGEST = 512;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int FEWEST_ITERATIONS = 1_000;
  private static final String KEY = "(?:,keyid=([A-Za-z0-9-]{1,32}))?";
  private static final String END = "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})";
  private static final Pattern ARGON_FORM = Pattern.compile(
      "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,7}),t=([1-9][0-9]{0,2}),p=1" + KEY + END);
  private static final Pattern PBKDF2_FORM =
      Pattern.compile("\\$(pbkdf2-sha256|pbkdf2-sha512)\\$i=([1-9][0-9]{0,8})" + KEY + END);

  final String function;

  /** Memory in KiB, or iterations of PBKDF2. */
  final int cost;

  final int passes;
  final Optional<String> keyId;
  private final byte[] salt;
  private final byte[] hash;

  PasswordRecord(
      String function, int cost, int passes, Optional<String> keyId, byte[] salt, byte[] hash) {
    this.function = function;
    this.cost = cost;
    this.passes = passes;
    this.keyId = keyId;
    this.salt = salt.clone();
    this.hash = hash.clone();
  }

  static PasswordRecord parse(String text) {
    if (text.length() <= LONGEST) {
      Matcher argon = ARGON_FORM.matcher(text);
      if (argon.matches()) {
        int memory = Integer.parseInt(argon.group(1));
        int passes = Integer.parseInt(argon.group(2));
        return new PasswordRecord(
            ARGON,
            memory,
            passes,
            Optional.ofNullable(argon.group(3)),
            bytes(argon.group(4)),
            bytes(argon.group(5)));
      }
      Matcher pbkdf2 = PBKDF2_FORM.matcher(text);
      if (pbkdf2.matches()) {
        int iterations = Integer.parseInt(pbkdf2.group(2));
        if (iterations >= FEWEST_ITERATIONS && iterations <= MOST_ITERATIONS) {
          return new PasswordRecord(
              pbkdf2.group(1),
              iterations,
              1,
              Optional.ofNullable(pbkdf2.group(3)),
              bytes(pbkdf2.group(4)),
              bytes(pbkdf2.group(5)));
        }
      }
    }
    throw damaged();
  }

  private static byte[] bytes(@Nullable String base64) {
    String given = base64 == null ? "" : base64;
    try {
      byte[] bytes = Base64.getDecoder().decode(given);
      if (encode(bytes).equals(given)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT, "a password record has a part that is not Base64");
    }
    throw damaged();
  }

  private static QilinException damaged() {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "a password record is not of the form $argon2id$v=19$m=…,t=…,p=1$salt$hash or $pbkdf2-sha512$i=…$salt$hash with"
            + " parameters within the limits; have the password set anew");
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] hash() {
    return hash.clone();
  }

  int hashLength() {
    return hash.length;
  }

  String text() {
    String key = keyId.map(id -> ",keyid=" + id).orElse("");
    String parameters =
        function.equals(ARGON) ? "v=19$m=" + cost + ",t=" + passes + ",p=1" : "i=" + cost;
    return "$" + function + "$" + parameters + key + "$" + encode(salt) + "$" + encode(hash);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "PasswordRecord[" + function + "]";
  }
}
