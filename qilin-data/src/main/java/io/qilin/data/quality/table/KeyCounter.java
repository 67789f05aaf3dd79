package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the different keys of some segments and finds repetitions. */
final class KeyCounter {
  private static final int MOST_REPEATED_KEYS = 1 << 16;
  private static final int MOST_RUNS = 1 << 18;
  private static final int MOST_PLACES = 1 << 20;

  /** A bitmap is used up to so many bits a key. */
  private static final long BITS_PER_KEY = 32;

  private final List<KeySegment> segments;
  private final List<String> parts;
  private final boolean wide;
  private final long size;

  KeyCounter(List<KeySegment> segments, List<String> parts) {
    this.segments = segments.stream().filter(segment -> segment.size() > 0).toList();
    this.parts = parts;
    this.wide = !this.segments.isEmpty() && this.segments.get(0).isWide();
    this.size = this.segments.stream().mapToLong(KeySegment::size).sum();
  }

  KeyCount count() {
    if (size == 0) {
      return new KeyCount(0, 0, List.of(), "exact");
    }
    List<Run> runs = risingRuns();
    if (!runs.isEmpty()) {
      return countRuns(runs);
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          size + " keys that are in no order do not fit into memory; give a smaller"
              + " JudgeOptions.keyBytes and a spillFolder");
    }
    if (!wide) {
      long most = Math.max(1 << 16, size * BITS_PER_KEY);
      if (KeyRange.ofSome(segments).bits() <= most) {
        KeyRange range = KeyRange.of(segments);
        if (range.bits() <= most) {
          return byBitmap(range);
        }
      }
    }
    Optional<KeyCount> fewRepeated =
        KeyPrints.shared(segments, (int) size, MOST_REPEATED_KEYS).flatMap(this::verified);
    if (fewRepeated.isPresent()) {
      return fewRepeated.get();
    }
    KeyTables tables = new KeyTables(segments, wide, (int) size, MOST_REPEATED_KEYS);
    return located(tables.distinct(), tables.repeated(), "exact, by hash tables");
  }

  /** A rising run with its first and last key. */
  private record Run(KeySegment segment, long start, long end) {
    long high(boolean last) {
      return segment.high(last ? end - 1 : start);
    }

    long low(boolean last) {
      return segment.low(last ? end - 1 : start);
    }

    static int compare(Run one, boolean last, Run other, boolean otherLast) {
      return KeySegment.compare(
          one.high(last), one.low(last), other.high(otherLast), other.low(otherLast));
    }
  }

  /** The runs in the order of their keys; empty unless all keys are in runs that do not overlap. */
  private List<Run> risingRuns() {
    List<Run> runs = new ArrayList<>();
    if (segments.stream().mapToLong(KeySegment::runs).sum() > MOST_RUNS) {
      return List.of();
    }
    for (KeySegment segment : segments) {
      for (int run = 0; run < segment.runs(); run++) {
        if (!segment.rises(run)) {
          return List.of();
        }
        runs.add(new Run(segment, segment.runStart(run), segment.runEnd(run)));
      }
    }
    Comparator<Run> byFirst = (a, b) -> Run.compare(a, false, b, false);
    runs.sort(byFirst.thenComparing((a, b) -> Run.compare(a, true, b, true)));
    for (int i = 1; i < runs.size(); i++) {
      if (Run.compare(runs.get(i - 1), true, runs.get(i), false) > 0) {
        return List.of();
      }
    }
    return runs;
  }

  private KeyCount countRuns(List<Run> runs) {
    long repeated = 0;
    List<long[]> keys = new ArrayList<>();
    for (KeySegment segment : segments) {
      repeated += segment.repeated();
      LongList places = segment.repeats();
      for (int i = 0; i < places.size() && keys.size() < MOST_REPEATED_KEYS; i++) {
        keys.add(new long[] {segment.high(places.get(i)), segment.low(places.get(i))});
      }
    }
    for (int i = 1; i < runs.size(); i++) {
      if (Run.compare(runs.get(i - 1), true, runs.get(i), false) == 0) {
        repeated++;
        keys.add(new long[] {runs.get(i).high(false), runs.get(i).low(false)});
      }
    }
    List<KeyCount.Repeat> repeats = locateInRuns(runs, keys);
    return new KeyCount(size, size - repeated, repeats, "exact, by order");
  }

  /** Finds the rows of repeated keys by halving the runs. */
  private List<KeyCount.Repeat> locateInRuns(List<Run> runs, List<long[]> keys) {
    Map<Key, List<KeyCount.Repeat>> places = new HashMap<>();
    for (long[] key : keys) {
      places.computeIfAbsent(new Key(key[0], key[1]), wanted -> {
        List<KeyCount.Repeat> found = new ArrayList<>();
        for (int run = firstRun(runs, wanted); run < runs.size(); run++) {
          if (!addPlaces(runs.get(run), wanted, found)) {
            break;
          }
        }
        return found;
      });
    }
    return butFirst(places.values());
  }

  private static int firstRun(List<Run> runs, Key key) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      if (KeySegment.compare(run.high(true), run.low(true), key.high(), key.low()) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean addPlaces(Run run, Key key, List<KeyCount.Repeat> found) {
    long low = run.start();
    long high = run.end();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (KeySegment.compare(
              run.segment().high(middle), run.segment().low(middle), key.high(), key.low())
          < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean any = false;
    for (long at = low;
        at < run.end()
            && run.segment().high(at) == key.high()
            && run.segment().low(at) == key.low()
            && found.size() < MOST_PLACES;
        at++) {
      found.add(place(run.segment(), at));
      any = true;
    }
    return any;
  }

  private record Key(long high, long low) {}

  private KeyCount.Repeat place(KeySegment segment, long at) {
    return new KeyCount.Repeat(
        parts.get(segment.part(at)), segment.row(at), segment.high(at), segment.low(at));
  }

  private static final Comparator<KeyCount.Repeat> BY_ROW =
      Comparator.comparing(KeyCount.Repeat::part).thenComparing(KeyCount.Repeat::row);

  private static List<KeyCount.Repeat> butFirst(Iterable<? extends List<KeyCount.Repeat>> groups) {
    List<KeyCount.Repeat> repeats = new ArrayList<>();
    for (List<KeyCount.Repeat> group : groups) {
      group.sort(BY_ROW);
      repeats.addAll(group.subList(Math.min(1, group.size()), group.size()));
    }
    repeats.sort(BY_ROW);
    return repeats;
  }

  private KeyCount byBitmap(KeyRange range) {
    long[] bits = new long[(int) ((range.bits() + 63) >>> 6)];
    long distinct = 0;
    List<long[]> repeated = new ArrayList<>();
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size(); ) {
        int count = segment.left(at);
        long[] keys = segment.lowChunk(at);
        int from = KeySegment.inChunk(at);
        for (int i = from; i < from + count; i++) {
          long bit = range.bit(keys[i]);
          long old = bits[(int) (bit >>> 6)];
          long mask = 1L << bit;
          if ((old & mask) == 0) {
            distinct++;
            bits[(int) (bit >>> 6)] = old | mask;
          } else if (repeated.size() < MOST_REPEATED_KEYS) {
            repeated.add(new long[] {0, keys[i]});
          }
        }
        at += count;
      }
    }
    return located(distinct, repeated, "exact, by a bitmap");
  }

  /** Looks at the keys whose hashes share bits with another's; empty if there are too many rows of such keys. */
  private Optional<KeyCount> verified(long[] shared) {
    Map<Key, List<KeyCount.Repeat>> places = new HashMap<>();
    int sieveBits = Math.max(10, Math.min(24, 7 + 64 - Long.numberOfLeadingZeros(shared.length)));
    int sieveShift = 42 - sieveBits;
    long[] sieve = new long[1 << (sieveBits - 6)];
    for (long bits : shared) {
      long place = bits >>> sieveShift;
      sieve[(int) (place >>> 6)] |= 1L << place;
    }
    int found = 0;
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size(); ) {
        int count = segment.left(at);
        long[] lows = segment.lowChunk(at);
        long[] highs = wide ? segment.highChunk(at) : lows;
        int from = KeySegment.inChunk(at);
        for (int i = from; i < from + count; i++) {
          long hash = wide ? KeyTables.hash(highs[i], lows[i]) : Hashes.mix(lows[i]);
          long place = hash >>> (KeyPrints.SHIFT + sieveShift);
          if ((sieve[(int) (place >>> 6)] >>> place & 1) != 0
              && Arrays.binarySearch(shared, hash >>> KeyPrints.SHIFT) >= 0) {
            if (++found > MOST_PLACES) {
              return Optional.empty();
            }
            places
                .computeIfAbsent(
                    new Key(wide ? highs[i] : 0, lows[i]), unknown -> new ArrayList<>())
                .add(place(segment, at + i - from));
          }
        }
        at += count;
      }
    }
    long distinct = size - found + places.size();
    return Optional.of(
        new KeyCount(size, distinct, butFirst(places.values()), "exact, by hash tables"));
  }

  private static long sieveHash(long high, long low) {
    return (low ^ high * 0xbf58476d1ce4e5b9L) * 0x9e3779b97f4a7c15L;
  }

  /** Finds the rows of repeated keys by looking at all keys once more, most of them through a sieve. */
  private KeyCount located(long distinct, List<long[]> repeated, String method) {
    if (repeated.isEmpty()) {
      return new KeyCount(size, distinct, List.of(), method);
    }
    Map<Key, List<KeyCount.Repeat>> places = new HashMap<>();
    long[] sieve = new long[1 << 14];
    for (long[] key : repeated) {
      places.putIfAbsent(new Key(key[0], key[1]), new ArrayList<>());
      long hash = sieveHash(key[0], key[1]);
      sieve[(int) (hash >>> 50)] |= 1L << (hash >>> 44);
    }
    int found = 0;
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size() && found < MOST_PLACES; ) {
        int count = segment.left(at);
        long[] lows = segment.lowChunk(at);
        long[] highs = wide ? segment.highChunk(at) : lows;
        int from = KeySegment.inChunk(at);
        for (int i = from; i < from + count; i++) {
          long high = wide ? highs[i] : 0;
          long hash = sieveHash(high, lows[i]);
          if ((sieve[(int) (hash >>> 50)] >>> (hash >>> 44) & 1) != 0) {
            List<KeyCount.Repeat> list = places.get(new Key(high, lows[i]));
            if (list != null && found < MOST_PLACES) {
              list.add(place(segment, at + i - from));
              found++;
            }
          }
        }
        at += count;
      }
    }
    return new KeyCount(size, distinct, butFirst(places.values()), method);
  }

  /** The smallest box that holds all narrow keys, each taken as two halves. */
  private record KeyRange(long firstLow, long secondLow, long secondSpan, long bits) {
    private static final long HALF = 0xffff_ffffL;

    /** The range of the first keys, which is no larger than that of all. */
    static KeyRange ofSome(List<KeySegment> segments) {
      return of(segments, true);
    }

    static KeyRange of(List<KeySegment> segments) {
      return of(segments, false);
    }

    private static KeyRange of(List<KeySegment> segments, boolean some) {
      long firstLow = Long.MAX_VALUE;
      long firstHigh = Long.MIN_VALUE;
      long secondLow = Long.MAX_VALUE;
      long secondHigh = Long.MIN_VALUE;
      for (KeySegment segment : segments) {
        for (long at = 0; at < segment.size(); ) {
          int count = segment.left(at);
          int from = KeySegment.inChunk(at);
          long[] keys = segment.lowChunk(at);
          for (int i = from; i < from + count; i++) {
            firstLow = Math.min(firstLow, keys[i] >> 32);
            firstHigh = Math.max(firstHigh, keys[i] >> 32);
            secondLow = Math.min(secondLow, keys[i] & HALF);
            secondHigh = Math.max(secondHigh, keys[i] & HALF);
          }
          at += some ? segment.size() : count;
        }
      }
      long span = secondHigh - secondLow + 1;
      long firstSpan = firstHigh - firstLow + 1;
      boolean huge = Math.multiplyHigh(firstSpan, span) != 0 || firstSpan * span < 0;
      return new KeyRange(firstLow, secondLow, span, huge ? Long.MAX_VALUE : firstSpan * span);
    }

    long bit(long key) {
      return ((key >> 32) - firstLow) * secondSpan + (key & HALF) - secondLow;
    }
  }
}
