package io.qilin.data.quality.table;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Deals out keys into parts by the upper bits of their hashes, so that equal keys meet in one part; kept are the next 32
 * bits of each hash and the place of its key. Each unit of keys is dealt out by itself, within the second nearest cache,
 * and written as a whole: writing straight into hundreds of parts far from each other would wait for the memory at each
 * line (radix partitioning, as in C. Balkesen et al., "Main-memory hash joins on multi-core CPUs", 2013). The parts of a
 * hash that lie in different units are gathered when they are compared. Units may be dealt out by different threads.
 */
final class KeyDeal {
  /** Keys of a part, about. */
  private static final int PART_BITS = 15;

  private static final int MOST_BITS = 12;

  private final List<KeyUnit> units;
  private final int bits;
  private final int[] prints;
  private final char[] places;
  private final int[] starts;

  /**
   * Room for keys, none dealt out yet.
   *
   * @param size how many keys the units have, at least 1
   */
  KeyDeal(List<KeyUnit> units, int size) {
    this.units = units;
    this.bits =
        Math.max(1, Math.min(MOST_BITS, 32 - Integer.numberOfLeadingZeros(size >>> PART_BITS)));
    this.prints = new int[size];
    this.places = new char[size];
    this.starts = new int[Math.multiplyExact(units.size(), parts()) + 1];
    starts[starts.length - 1] = size;
  }

  int units() {
    return units.size();
  }

  int parts() {
    return 1 << bits;
  }

  /** The number of the first key of a part in a unit; the end is that of the next part, or of the next unit. */
  int start(int unit, int part) {
    return starts[unit * parts() + part];
  }

  int end(int unit, int part) {
    return starts[unit * parts() + part + 1];
  }

  /** Copies the bits of hashes of the keys {@code [from, to)}. */
  void copy(int from, int to, int[] into, int at) {
    System.arraycopy(prints, from, into, at, to - from);
  }

  /** The key of a number. */
  KeyPlace key(int number) {
    return units.get(KeyUnit.unit(number)).key(places[number]);
  }

  /** What one thread needs to deal out units. */
  IntConsumer dealer() {
    return new Dealer();
  }

  private final class Dealer implements IntConsumer {
    private final long[] hashes = new long[KeyUnit.MOST];
    private final int[] next = new int[parts()];
    private final int[] dealt = new int[KeyUnit.MOST];
    private final char[] dealtPlaces = new char[KeyUnit.MOST];

    @Override
    public void accept(int number) {
      KeyUnit unit = units.get(number);
      int size = unit.size();
      unit.hashes(hashes);
      begin(number, size);
      deal(hashes, size, bits, next, dealt, dealtPlaces);
      int base = number * KeyUnit.MOST;
      System.arraycopy(dealt, 0, prints, base, size);
      System.arraycopy(dealtPlaces, 0, places, base, size);
    }

    /** Counts the keys of each part and says where they go. */
    private void begin(int unit, int size) {
      java.util.Arrays.fill(next, 0);
      count(hashes, size, bits, next);
      int at = 0;
      int base = unit * KeyUnit.MOST;
      int first = unit * next.length;
      for (int part = 0; part < next.length; part++) {
        int count = next[part];
        starts[first + part] = base + at;
        next[part] = at;
        at += count;
      }
    }
  }

  private static void count(long[] hashes, int size, int bits, int[] counts) {
    for (int i = 0; i < size; i++) {
      counts[(int) (hashes[i] >>> (64 - bits))]++;
    }
  }

  private static void deal(
      long[] hashes, int size, int bits, int[] next, int[] prints, char[] places) {
    for (int i = 0; i < size; i++) {
      long hash = hashes[i];
      int part = (int) (hash >>> (64 - bits));
      int to = next[part];
      next[part] = to + 1;
      prints[to] = (int) (hash >>> (32 - bits));
      places[to] = (char) i;
    }
  }
}
