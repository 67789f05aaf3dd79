package io.qilin.ops.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets through the values of one tag that may be, and no more than may be. Thread-safe: additions are under one lock. */
final class TagGuard {
  static final int LONGEST = 64;
  private static final String SIGNS = " ._-:/+@{}*";

  private final boolean closed;
  private final int most;
  private final Set<String> known;

  TagGuard(MeterTag tag) {
    this.closed = !tag.listed().isEmpty();
    this.most = tag.most();
    this.known = closed ? Set.copyOf(new HashSet<>(tag.listed())) : ConcurrentHashMap.newKeySet();
  }

  /** The value, or {@link MeterTag#OTHER}. */
  String of(String raw) {
    if (raw.length() > LONGEST) {
      return MeterTag.OTHER;
    }
    if (known.contains(raw)) {
      return raw;
    }
    return !closed && fits(raw) && added(raw) ? raw : MeterTag.OTHER;
  }

  private synchronized boolean added(String value) {
    return known.contains(value) || (known.size() < most && known.add(value));
  }

  /** Letters and digits of any script and a few signs, neither empty nor with spaces at an end. */
  private static boolean fits(String value) {
    return !value.isEmpty()
        && value.equals(value.strip())
        && value.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0);
  }
}
