package io.qilin.mlops.onnx;

import java.util.Arrays;

/** From pairs of ids to places, for millions of them: open addressing in two arrays. Not thread-safe. */
final class Places {
  static final int NONE = -1;

  private final long[] keys;
  private final int[] places;
  private final int mask;

  /** Room for so many. */
  Places(int count) {
    int size = Integer.highestOneBit(Math.max(4, count)) << 2;
    keys = new long[size];
    places = new int[size];
    Arrays.fill(places, NONE);
    mask = size - 1;
  }

  /** Puts a pair's place; false if it has one. */
  boolean put(int tree, int node, int place) {
    int at = slot(tree, node);
    if (places[at] != NONE) {
      return false;
    }
    keys[at] = key(tree, node);
    places[at] = place;
    return true;
  }

  /** The place of a pair, or {@link #NONE}. */
  int get(long tree, long node) {
    boolean ids = tree == (int) tree && node == (int) node;
    return ids ? places[slot((int) tree, (int) node)] : NONE;
  }

  private int slot(int tree, int node) {
    long key = key(tree, node);
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (places[at] != NONE && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long key(int tree, int node) {
    return ((long) tree << 32) | (node & 0xFFFFFFFFL);
  }
}
