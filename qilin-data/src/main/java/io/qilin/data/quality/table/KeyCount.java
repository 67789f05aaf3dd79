package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of the keys of a table.
 *
 * @param keys how many there are
 * @param distinct how many different ones
 * @param repeats some places at which a key comes again, not for the first time
 * @param method how they were counted, for the report
 */
record KeyCount(long keys, long distinct, List<Repeat> repeats, String method) {
  /**
   * A key that comes again.
   *
   * @param part the part of the table
   * @param row the row in it, or −1
   * @param high high half of the key
   * @param low low half
   */
  record Repeat(String part, long row, long high, long low) {}

  static KeyCount none() {
    return new KeyCount(0, 0, List.of(), "");
  }

  KeyCount and(KeyCount other) {
    List<Repeat> all = new ArrayList<>(repeats);
    all.addAll(other.repeats);
    return new KeyCount(keys + other.keys, distinct + other.distinct, all, other.method);
  }

  KeyCount by(String how) {
    return new KeyCount(keys, distinct, repeats, how);
  }
}
