package io.qilin.data.arrow;

import io.qilin.data.table.TextColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A dictionary that is being written: the words of all batches so far. */
final class WrittenWords {
  private final Map<String, Integer> places = new HashMap<>();
  private List<byte[]> pending = new ArrayList<>();
  private boolean begun;

  /** Takes the words of a batch, and tells where each of them stands. */
  int[] add(TextColumn column, UsedWords used) {
    int[] placeOf = new int[used.size()];
    for (int code = 0; code < placeOf.length; code++) {
      if (used.isUsed(code)) {
        Integer old = places.putIfAbsent(column.words().get(code), places.size());
        placeOf[code] = old == null ? places.size() - 1 : old;
        if (old == null) {
          pending.add(used.bytes(code));
        }
      }
    }
    return placeOf;
  }

  /** Whether a message has to be written: the first, or one with new words. */
  boolean isPending() {
    return !begun || !pending.isEmpty();
  }

  /** Whether a message of it has been written. */
  boolean isBegun() {
    return begun;
  }

  /** The words that have not been written, which now are. */
  List<byte[]> take() {
    List<byte[]> taken = pending;
    pending = new ArrayList<>();
    begun = true;
    return taken;
  }
}
