package io.qilin.security.password;

import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * How hard Argon2id (RFC 9106) works for one password, with one lane.
 *
 * @param memoryKib memory in KiB
 * @param passes how often it is gone through
 */
public record Argon2Settings(int memoryKib, int passes) {
  /** What OWASP's Password Storage Cheat Sheet takes for equally strong, from much memory to many passes. */
  private static final List<int[]> LEAST = List.of(
      new int[] {47_104, 1},
      new int[] {19_456, 2},
      new int[] {12_288, 3},
      new int[] {9_216, 4},
      new int[] {7_168, 5});

  private static final int MOST_MEMORY = 1 << 20;
  private static final int MOST_PASSES = 16;

  /** 19 MiB and two passes. */
  public static final Argon2Settings DEFAULT = new Argon2Settings(19_456, 2);

  /** Refuses settings that are weaker than each of OWASP's, or beyond 1 GiB or 16 passes. */
  public Argon2Settings {
    boolean strong = false;
    for (int[] least : LEAST) {
      strong |= memoryKib >= least[0] && passes >= least[1];
    }
    if (!strong || memoryKib > MOST_MEMORY || passes > MOST_PASSES) {
      throw QilinException.invalid(
          "Argon2id takes at least 19456 KiB and 2 passes, or as much work as that (47104 KiB and 1, "
              + "12288 and 3, 9216 and 4, 7168 and 5), and at most " + MOST_MEMORY + " KiB and "
              + MOST_PASSES
              + " passes, not " + memoryKib + " KiB and " + passes);
    }
  }

  /** Whether records of these settings need no upgrade to {@code wanted}. */
  boolean atLeast(Argon2Settings wanted) {
    return memoryKib >= wanted.memoryKib && passes >= wanted.passes;
  }

  /** The five that OWASP lists. */
  static List<Argon2Settings> listed() {
    return LEAST.stream().map(least -> new Argon2Settings(least[0], least[1])).toList();
  }
}
