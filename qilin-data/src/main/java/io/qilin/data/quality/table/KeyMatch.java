package io.qilin.data.quality.table;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Counts the different keys of the parts of a deal that one thread looks at, by a hash table for each part. Where bits of
 * hashes are equal the keys themselves decide, so the count is exact.
 */
final class KeyMatch implements IntConsumer {
  private final KeyDeal deal;
  private final RepeatLog repeats;
  private final int[] ends;
  private int part;
  private int[] prints = new int[0];

  /** One more than the place of a hash in {@link #prints}; 0 where a slot is free. */
  private int[] table = new int[0];

  private long distinct;

  KeyMatch(KeyDeal deal, RepeatLog repeats) {
    this.deal = deal;
    this.repeats = repeats;
    this.ends = new int[deal.units()];
  }

  long distinct() {
    return distinct;
  }

  RepeatLog repeats() {
    return repeats;
  }

  @Override
  public void accept(int number) {
    part = number;
    int size = gather();
    int slots = Math.max(16, Integer.highestOneBit(Math.max(1, 2 * size - 1)) << 1);
    if (table.length < slots) {
      table = new int[slots];
    } else {
      Arrays.fill(table, 0, slots, 0);
    }
    distinct += size - match(prints, size, table, slots - 1);
  }

  /** Copies the hashes of a part from all units. */
  private int gather() {
    int size = 0;
    for (int unit = 0; unit < ends.length; unit++) {
      size += deal.end(unit, part) - deal.start(unit, part);
      ends[unit] = size;
    }
    if (prints.length < size) {
      prints = new int[size + size / 4];
    }
    int at = 0;
    for (int unit = 0; unit < ends.length; unit++) {
      deal.copy(deal.start(unit, part), deal.end(unit, part), prints, at);
      at = ends[unit];
    }
    return size;
  }

  /** Puts hashes into a table and returns how many keys come again. */
  private int match(int[] hashes, int size, int[] slots, int mask) {
    int again = 0;
    for (int i = 0; i < size; i++) {
      int hash = hashes[i];
      int slot = hash & mask;
      int other = slots[slot];
      while (other != 0 && !(hashes[other - 1] == hash && isRepeat(slots, slot, i))) {
        slot = slot + 1 & mask;
        other = slots[slot];
      }
      if (other == 0) {
        slots[slot] = i + 1;
      } else {
        again++;
      }
    }
    return again;
  }

  /** Whether the keys are equal; if so the first of them by its row stays in the table, and the other one is noted. */
  private boolean isRepeat(int[] slots, int slot, int number) {
    KeyPlace kept = key(slots[slot] - 1);
    KeyPlace came = key(number);
    if (!kept.isSameKey(came)) {
      return false;
    }
    if (repeats.isBefore(came, kept)) {
      slots[slot] = number + 1;
      repeats.add(kept);
    } else {
      repeats.add(came);
    }
    return true;
  }

  private KeyPlace key(int number) {
    int found = Arrays.binarySearch(ends, number + 1);
    int unit = found < 0 ? -found - 1 : firstOf(found);
    int before = unit == 0 ? 0 : ends[unit - 1];
    return deal.key(deal.start(unit, part) + number - before);
  }

  /** The first of the units that end at the same number; the others have no key of this part. */
  private int firstOf(int unit) {
    int first = unit;
    while (first > 0 && ends[first - 1] == ends[unit]) {
      first--;
    }
    return first;
  }
}
