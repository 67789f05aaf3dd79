package io.qilin.mlops.tracking;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Ids of experiments and runs: 128 bits, as 32 hexadecimal digits. */
final class TrackingIds {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int DIGITS = 16;

  private TrackingIds() {}

  static String draw(RandomGenerator random) {
    return hex(random.nextLong()) + hex(random.nextLong());
  }

  private static String hex(long bits) {
    String digits = Long.toHexString(bits);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** Whether a text can be an id at all; no other is given to the database. */
  static boolean possible(String id) {
    return ID.matcher(id).matches();
  }
}
