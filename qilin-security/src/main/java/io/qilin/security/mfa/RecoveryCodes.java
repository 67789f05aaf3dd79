package io.qilin.security.mfa;

import io.qilin.api.secret.Secret;
import io.qilin.security.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Codes for the day on which the phone is lost: 120 random bits in Base32, six groups of four. As nobody can guess so many bits, a
 * plain hash is enough; it is bound to the user.
 */
record RecoveryCodes(List<Secret> codes, Set<String> hashes) {
  private static final int COUNT = 10;
  private static final int BYTES = 15;
  private static final Pattern FORM = Pattern.compile("[A-Z2-7]{24}");

  RecoveryCodes {
    codes = List.copyOf(codes);
    hashes = Set.copyOf(hashes);
  }

  static RecoveryCodes random(String subject, SecureRandom random) {
    List<Secret> codes = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    while (hashes.size() < COUNT) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      String code = Base32.encode(bytes);
      if (hashes.add(hash(subject, code))) {
        codes.add(Secret.of(code.replaceAll("(.{4})(?=.)", "$1-")));
      }
    }
    return new RecoveryCodes(codes, hashes);
  }

  /** The code without hyphens and blanks, in capitals; empty if it is not one. */
  static Optional<String> plain(String text) {
    if (text.length() > 64) {
      return Optional.empty();
    }
    String plain = text.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
    return FORM.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
  }

  static String hash(String subject, String plain) {
    MessageDigest digest = Sha256.start();
    digest.update("qilin-recovery-v1:".getBytes(StandardCharsets.US_ASCII));
    digest.update(plain.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest(subject.getBytes(StandardCharsets.UTF_8)));
  }

  /** The hashes without that of the code; empty if it is not among them. Looks at all of them, whichever it is. */
  static Optional<Set<String>> without(Set<String> hashes, String hash) {
    byte[] asked = HexFormat.of().parseHex(hash);
    Set<String> left = new HashSet<>();
    for (String one : hashes) {
      if (!MessageDigest.isEqual(HexFormat.of().parseHex(one), asked)) {
        left.add(one);
      }
    }
    return left.size() < hashes.size() ? Optional.of(left) : Optional.empty();
  }
}
