package io.qilin.data.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each row the last entry of its key that was public by the row's moment: both sides are sorted by key and
 * moment, then merged. Sorted input costs rows + entries.
 */
final class AsOfMerge {
  private AsOfMerge() {}

  /**
   * One side.
   *
   * @param key what rows and entries meet by
   * @param at nanoseconds since 1970
   * @param index its place in the list that was given
   */
  record Item(int key, long at, int index) {}

  /**
   * For each row the index of its entry, or −1.
   *
   * @param rows in any order; their indices are 0 to size − 1
   * @param entries in any order
   * @param order among entries of one key, the later replaces the earlier: ties of {@code at} are broken by it
   * @param rank if given, an entry replaces the one before only if its rank is not lower
   * @param maxAge greatest difference in nanoseconds between row and entry
   */
  static int[] match(
      List<Item> rows,
      List<Item> entries,
      Comparator<Item> order,
      @Nullable ToLongFunction<Item> rank,
      long maxAge) {
    List<Item> left = new ArrayList<>(rows);
    left.sort(Comparator.comparingInt(Item::key).thenComparingLong(Item::at));
    List<Item> right = new ArrayList<>(entries);
    right.sort(Comparator.comparingInt(Item::key)
        .thenComparingLong(Item::at)
        .thenComparing(order)
        .thenComparingInt(Item::index));
    int[] found = new int[rows.size()];
    int next = 0;
    Item best = null;
    for (Item row : left) {
      if (best != null && best.key() != row.key()) {
        best = null;
      }
      while (next < right.size() && right.get(next).key() < row.key()) {
        next++;
      }
      while (next < right.size()
          && right.get(next).key() == row.key()
          && right.get(next).at() <= row.at()) {
        Item entry = right.get(next++);
        boolean replaces =
            best == null || rank == null || rank.applyAsLong(entry) >= rank.applyAsLong(best);
        best = replaces ? entry : best;
      }
      found[row.index()] =
          best != null && isWithin(row.at(), best.at(), maxAge) ? best.index() : -1;
    }
    return found;
  }

  /** Whether later − earlier is at most maxAge, without overflow. */
  private static boolean isWithin(long later, long earlier, long maxAge) {
    long age = later - earlier;
    boolean overflow = age < 0;
    return (!overflow && age <= maxAge) || maxAge == Long.MAX_VALUE;
  }
}
