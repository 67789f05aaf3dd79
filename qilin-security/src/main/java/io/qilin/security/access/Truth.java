package io.qilin.security.access;

/** Kleene's three values: what a condition says when some of what it asks for is not known. */
enum Truth {
  NO,
  UNKNOWN,
  YES;

  static Truth of(boolean holds) {
    return holds ? YES : NO;
  }

  Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Truth negated() {
    return this == UNKNOWN ? UNKNOWN : of(this == NO);
  }
}
