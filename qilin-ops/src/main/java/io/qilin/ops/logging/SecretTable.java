package io.qilin.ops.logging;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All secrets of a moment by how they begin. Immutable. */
final class SecretTable {
  private static final int BITS = 16;

  private final Map<Long, List<SecretPrint>> byBeginning = new HashMap<>();

  /** Tells at once that a beginning is none, nearly always. */
  private final BitSet beginnings = new BitSet(1 << BITS);

  private SecretTable() {}

  static SecretTable of(Map<SecretPrint, Integer> prints) {
    SecretTable table = new SecretTable();
    for (SecretPrint print : prints.keySet()) {
      table
          .byBeginning
          .computeIfAbsent(print.beginning(), any -> new ArrayList<>())
          .add(print);
      table.beginnings.set(bit(print.beginning()));
    }
    Comparator<SecretPrint> longestFirst =
        Comparator.comparingInt(SecretPrint::length).reversed();
    table.byBeginning.values().forEach(prints1 -> prints1.sort(longestFirst));
    return table;
  }

  private static int bit(long hash) {
    return (int) (hash >>> (64 - BITS));
  }

  String mask(String text) {
    if (byBeginning.isEmpty() || text.length() < RollingHash.WINDOW) {
      return text;
    }
    int last = text.length() - RollingHash.WINDOW;
    long hash = RollingHash.window(text, 0);
    @Nullable RollingHash sums = null;
    StringBuilder out = new StringBuilder(0);
    int copied = 0;
    for (int i = 0; ; ) {
      int hit = 0;
      if (beginnings.get(bit(hash)) && byBeginning.containsKey(hash)) {
        sums = sums == null ? new RollingHash(text) : sums;
        hit = longest(text, i, hash, sums);
      }
      if (hit > 0) {
        out.append(text, copied, i).append(LogMasker.HIDDEN);
        i += hit;
        copied = i;
      }
      if (hit > 0 ? i > last : i == last) {
        break;
      }
      hash = hit > 0
          ? RollingHash.window(text, i)
          : RollingHash.next(hash, text.charAt(i), text.charAt(i + RollingHash.WINDOW));
      i += hit > 0 ? 0 : 1;
    }
    return copied == 0 ? text : out.append(text, copied, text.length()).toString();
  }

  /** The length of the longest secret at a place, or 0. */
  private int longest(String text, int start, long hash, RollingHash sums) {
    for (SecretPrint print : byBeginning.getOrDefault(hash, List.of())) {
      if (print.at(text, start, sums)) {
        return print.length();
      }
    }
    return 0;
  }
}
