package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Counts keys of 64 bits that fill a good part of a grid, as instruments by days do: a bit for each pair of a value that
 * occurs in one half and a number between the least and the greatest of the other half. So few bits lie in the second
 * nearest cache, where keys in no order find them without a table of hashes. Rows of the grid are numbered as their values
 * come, so that these may be any numbers. Each thread has a grid of its own; they are laid over each other at the end.
 */
final class KeyGrid {
  /** Bits for a key, at most; a key itself takes 64. */
  private static final int MOST_BITS = 4;

  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_SAMPLES = 16;

  /** Repetitions that may be looked for by their keys. */
  private static final int MOST_REPEATS = 1 << 16;

  private final List<KeyUnit> units;
  private final List<String> parts;
  private final Crew crew;
  private final long size;
  private final boolean inRowOrder;
  private boolean lowRows;
  private int least;
  private int rowWords;
  private int mostRows;

  /** Whether the keys fill no grid after all, which any thread may find. */
  private volatile boolean sparse;

  private KeyGrid(
      List<KeySegment> segments, List<KeyUnit> units, long size, List<String> parts, Crew crew) {
    this.units = units;
    this.size = size;
    this.inRowOrder = segments.size() == 1 && segments.get(0).isInRowOrder();
    this.parts = parts;
    this.crew = crew;
  }

  /** Counts narrow keys; empty if they do not fill a grid, or too many of them come again. */
  static Optional<KeyCount> count(
      List<KeySegment> segments, List<KeyUnit> units, long size, List<String> parts, Crew crew) {
    KeyGrid grid = new KeyGrid(segments, units, size, parts, crew);
    return grid.measure() ? grid.count() : Optional.empty();
  }

  /**
   * Decides which half has the rows by some of the keys; false if neither half leaves few enough numbers to the other. In
   * keys without an order some have almost the bounds of all.
   */
  private boolean measure() {
    Bounds bounds = new Bounds();
    long[] keys = new long[KeyUnit.MOST];
    int step = Math.max(1, units.size() / MOST_SAMPLES);
    for (int unit = 0; unit < units.size(); unit += step) {
      bounds.add(keys, units.get(unit).keys(keys));
    }
    lowRows = bounds.lowSpan() > bounds.highSpan();
    // As much room on both sides as the rounding to whole words leaves.
    long mostWords = Math.min(Integer.MAX_VALUE / Long.SIZE, size * MOST_BITS / Long.SIZE);
    long span = Math.min(bounds.lowSpan(), bounds.highSpan()) + 1;
    long words = (span + Long.SIZE - 1) / Long.SIZE + 1;
    rowWords = (int) Math.min(Integer.MAX_VALUE, words);
    least = (lowRows ? bounds.leastHigh : bounds.leastLow) - (int) (words * Long.SIZE - span) / 2;
    mostRows = (int) Math.min(MOST_ROWS, mostWords / words);
    return mostRows > 0;
  }

  private Optional<KeyCount> count() {
    List<Layer> layers = Collections.synchronizedList(new ArrayList<>());
    crew.each(units.size(), () -> {
      Layer layer = new Layer();
      layers.add(layer);
      return layer;
    });
    Layer whole = layers.get(0);
    for (int i = 1; i < layers.size() && !sparse; i++) {
      whole.add(layers.get(i));
    }
    if (sparse) {
      return Optional.empty();
    }
    RepeatLog repeats = new RepeatLog(parts);
    if (layers.size() == 1 && inRowOrder) {
      whole.places.forEach(repeats::add);
    } else if (whole.again.size() > 0) {
      locate(whole.again, repeats);
    }
    return Optional.of(new KeyCount(size, whole.bits(), repeats.list(), "exact"));
  }

  /** Notes all places of some keys but the first of each. */
  private void locate(LongList keys, RepeatLog repeats) {
    KeySieve sieve = new KeySieve(keys);
    List<Finder> finders = Collections.synchronizedList(new ArrayList<>());
    crew.each(units.size(), () -> {
      Finder finder = new Finder(sieve);
      finders.add(finder);
      return finder;
    });
    Map<Long, KeyPlace> first = new HashMap<>();
    for (Finder finder : finders) {
      for (KeyPlace came : finder.found) {
        KeyPlace kept = first.putIfAbsent(came.low(), came);
        if (kept != null && repeats.isBefore(came, kept)) {
          first.put(came.low(), came);
          repeats.add(kept);
        } else if (kept != null) {
          repeats.add(came);
        }
      }
    }
  }

  /** The least and the greatest number of each half, as numbers with a sign. */
  private static final class Bounds {
    private int leastLow = Integer.MAX_VALUE;
    private int mostLow = Integer.MIN_VALUE;
    private int leastHigh = Integer.MAX_VALUE;
    private int mostHigh = Integer.MIN_VALUE;

    void add(long[] keys, int count) {
      for (int i = 0; i < count; i++) {
        leastLow = Math.min(leastLow, low(keys[i]));
        mostLow = Math.max(mostLow, low(keys[i]));
        leastHigh = Math.min(leastHigh, high(keys[i]));
        mostHigh = Math.max(mostHigh, high(keys[i]));
      }
    }

    long lowSpan() {
      return (long) mostLow - leastLow;
    }

    long highSpan() {
      return (long) mostHigh - leastHigh;
    }
  }

  private static int high(long key) {
    return (int) (key >>> 32);
  }

  /** Days and whole numbers in the lower half of a key have their sign turned about. */
  private static int low(long key) {
    return (int) key ^ Integer.MIN_VALUE;
  }

  /** The grid of one thread. */
  private final class Layer implements IntConsumer {
    private final long[] keys = new long[KeyUnit.MOST];
    private final int[] bits = new int[KeyUnit.MOST];
    private final LongList again = new LongList();

    /** Where these keys came again, as far as one grid shows it. */
    private final List<KeyPlace> places = new ArrayList<>();

    private final int[] values = new int[mostRows];
    private int rows;

    /** A value in the upper half, its row and 1 in the lower; 0 where a slot is free. */
    private long[] slots = new long[1 << 10];

    private long[] words = new long[Math.min(mostRows, 16) * rowWords];

    @Override
    public void accept(int number) {
      if (sparse) {
        return;
      }
      int count = units.get(number).keys(keys);
      if (place(count)) {
        mark(words, bits, units.get(number), count);
      }
    }

    /** Finds the bit of each key; false if there are too many rows, or numbers that have no place in them. */
    private boolean place(int count) {
      long[] table = slots;
      int rowShift = lowRows ? 0 : 32;
      int rowFlip = lowRows ? Integer.MIN_VALUE : 0;
      int cellFlip = lowRows ? 0 : Integer.MIN_VALUE;
      int width = rowWords * Long.SIZE;
      int outside = 0;
      for (int i = 0; i < count; i++) {
        long key = keys[i];
        int value = (int) (key >>> rowShift) ^ rowFlip;
        long entry = table[slot(value) & table.length - 1];
        int row;
        if (entry != 0 && (int) (entry >>> 32) == value) {
          row = (int) entry - 1;
        } else {
          row = row(value);
          table = slots;
          if (row < 0) {
            return false;
          }
        }
        int cell = ((int) (key >>> (32 - rowShift)) ^ cellFlip) - least;
        outside |= cell | width - 1 - cell;
        bits[i] = row * width + cell;
      }
      if (outside < 0) {
        sparse = true;
        return false;
      }
      return true;
    }

    private void mark(long[] grid, int[] cells, KeyUnit unit, int count) {
      for (int i = 0; i < count; i++) {
        int cell = cells[i];
        long before = grid[cell >>> 6];
        long bit = 1L << cell;
        if ((before & bit) == 0) {
          grid[cell >>> 6] = before | bit;
        } else if (repeat(keys[i])) {
          places.add(unit.key(i));
        }
      }
    }

    /** Notes a key that comes again; false if there are too many. */
    private boolean repeat(long key) {
      if (again.size() == MOST_REPEATS) {
        sparse = true;
        return false;
      }
      again.add(key);
      return true;
    }

    /** The row of a value, a new one if need be; −1 if there is no room for it. */
    private int row(int value) {
      int mask = slots.length - 1;
      int slot = slot(value) & mask;
      while (slots[slot] != 0) {
        if ((int) (slots[slot] >>> 32) == value) {
          return (int) slots[slot] - 1;
        }
        slot = slot + 1 & mask;
      }
      if (rows == mostRows) {
        sparse = true;
        return -1;
      }
      values[rows] = value;
      slots[slot] = (long) value << 32 | ++rows;
      if (rows * 4 > slots.length) {
        widen();
      }
      if (rows * rowWords > words.length) {
        words = Arrays.copyOf(words, Math.min(2 * words.length, mostRows * rowWords));
      }
      return rows - 1;
    }

    private void widen() {
      slots = new long[2 * slots.length];
      int mask = slots.length - 1;
      for (int row = 0; row < rows; row++) {
        int slot = slot(values[row]) & mask;
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = (long) values[row] << 32 | row + 1;
      }
    }

    private static int slot(int value) {
      int mixed = value * 0x9e3779b1;
      return mixed ^ mixed >>> 15;
    }

    /** Lays another grid over this one; keys that are in both come again. */
    void add(Layer other) {
      for (int i = 0; i < other.again.size(); i++) {
        repeat(other.again.get(i));
      }
      for (int from = 0; from < other.rows && !sparse; from++) {
        int to = row(other.values[from]);
        for (int word = 0; to >= 0 && word < rowWords; word++) {
          long both = words[to * rowWords + word] & other.words[from * rowWords + word];
          words[to * rowWords + word] |= other.words[from * rowWords + word];
          for (; both != 0; both &= both - 1) {
            repeat(key(values[to], word * Long.SIZE + Long.numberOfTrailingZeros(both) + least));
          }
        }
      }
    }

    private long key(int row, int cell) {
      int high = lowRows ? cell : row;
      int low = lowRows ? row : cell;
      return (long) high << 32 | Integer.toUnsignedLong(low ^ Integer.MIN_VALUE);
    }

    long bits() {
      long count = 0;
      for (long word : words) {
        count += Long.bitCount(word);
      }
      return count;
    }
  }

  /** Finds the places of some keys. */
  private final class Finder implements IntConsumer {
    private final KeySieve sieve;
    private final long[] keys = new long[KeyUnit.MOST];
    private final List<KeyPlace> found = new ArrayList<>();

    Finder(KeySieve sieve) {
      this.sieve = sieve;
    }

    @Override
    public void accept(int number) {
      KeyUnit unit = units.get(number);
      int count = unit.keys(keys);
      for (int i = 0; i < count; i++) {
        if (sieve.mayHave(keys[i]) && sieve.has(keys[i])) {
          found.add(unit.key(i));
        }
      }
    }
  }
}
