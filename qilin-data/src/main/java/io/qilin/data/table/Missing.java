package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.util.BitSet;

/** The rows of a column that are not known, as bits. */
final class Missing {
  private static final Missing NONE = new Missing(new long[0], 0);

  private final long[] words;
  private final int count;

  private Missing(long[] words, int count) {
    this.words = words;
    this.count = count;
  }

  static Missing of(BitSet rows, int size) {
    if (rows.length() > size) {
      throw QilinException.invalid("row " + (rows.length() - 1) + " is said to be missing, but the"
          + " column has " + size + " rows");
    }
    return rows.isEmpty() ? NONE : new Missing(rows.toLongArray(), rows.cardinality());
  }

  boolean at(int row) {
    int word = row >> 6;
    return word < words.length && (words[word] >>> row & 1) != 0;
  }

  int count() {
    return count;
  }

  Missing select(int[] rows) {
    if (count == 0) {
      return NONE;
    }
    BitSet chosen = new BitSet(rows.length);
    for (int i = 0; i < rows.length; i++) {
      chosen.set(i, at(rows[i]));
    }
    return of(chosen, rows.length);
  }
}
