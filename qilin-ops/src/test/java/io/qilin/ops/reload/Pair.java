package io.qilin.ops.reload;

import io.qilin.api.error.QilinException;

/** Two linked values: a configuration in which they differ is torn. */
record Pair(long left, long right) {
  Pair {
    if (left != right) {
      throw QilinException.invalid("left " + left + " and right " + right + " belong together");
    }
  }

  static String yaml(long both) {
    return "left: " + both + "\nright: " + both + "\n";
  }
}
