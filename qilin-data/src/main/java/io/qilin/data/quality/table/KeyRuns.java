package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys that are in order: rising runs that do not overlap, so that equal keys are neighbours. */
final class KeyRuns {
  private static final int MOST_RUNS = 1 << 18;
  private static final int MOST_REPEATED_KEYS = 1 << 16;

  private final List<KeySegment> segments;
  private final List<Run> runs;

  private KeyRuns(List<KeySegment> segments, List<Run> runs) {
    this.segments = segments;
    this.runs = runs;
  }

  /** A rising run with its first and last key. */
  private record Run(KeySegment segment, long start, long end) {
    KeyPlace first() {
      return new KeyPlace(segment, start);
    }

    KeyPlace last() {
      return new KeyPlace(segment, end - 1);
    }
  }

  private record Key(long high, long low) {
    static Key of(KeyPlace place) {
      return new Key(place.high(), place.low());
    }
  }

  private static int compare(KeyPlace one, KeyPlace other) {
    return KeySegment.compare(one.high(), one.low(), other.high(), other.low());
  }

  /** The runs of some segments; empty if they fall or overlap. */
  static Optional<KeyRuns> of(List<KeySegment> segments) {
    if (segments.stream().mapToLong(KeySegment::runs).sum() > MOST_RUNS) {
      return Optional.empty();
    }
    List<Run> runs = new ArrayList<>();
    for (KeySegment segment : segments) {
      for (int run = 0; run < segment.runs(); run++) {
        if (!segment.rises(run)) {
          return Optional.empty();
        }
        runs.add(new Run(segment, segment.runStart(run), segment.runEnd(run)));
      }
    }
    Comparator<Run> byFirst = (a, b) -> compare(a.first(), b.first());
    runs.sort(byFirst.thenComparing((a, b) -> compare(a.last(), b.last())));
    for (int i = 1; i < runs.size(); i++) {
      if (compare(runs.get(i - 1).last(), runs.get(i).first()) > 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new KeyRuns(segments, runs));
  }

  KeyCount count(long size, RepeatLog repeats) {
    Set<Key> keys = new LinkedHashSet<>();
    long repeated = 0;
    int share = Math.max(FindingLog.MOST, MOST_REPEATED_KEYS / segments.size());
    for (KeySegment segment : segments) {
      repeated += segment.repeated();
      LongList places = segment.repeats();
      for (int i = 0; i < Math.min(share, places.size()); i++) {
        keys.add(Key.of(new KeyPlace(segment, places.get(i))));
      }
    }
    for (int i = 1; i < runs.size(); i++) {
      if (compare(runs.get(i - 1).last(), runs.get(i).first()) == 0) {
        repeated++;
        keys.add(Key.of(runs.get(i).first()));
      }
    }
    keys.forEach(key -> locate(key, repeats));
    return new KeyCount(size, size - repeated, repeats.list(), "exact");
  }

  /** Notes all places of a key but the first. */
  private void locate(Key key, RepeatLog repeats) {
    Optional<KeyPlace> first = Optional.empty();
    for (int run = firstRun(key); run < runs.size(); run++) {
      KeySegment segment = runs.get(run).segment();
      long at = firstIn(runs.get(run), key);
      if (!has(runs.get(run), at, key)) {
        return;
      }
      for (; has(runs.get(run), at, key); at++) {
        KeyPlace place = new KeyPlace(segment, at);
        if (first.isEmpty()) {
          first = Optional.of(place);
        } else if (repeats.isBefore(place, first.get())) {
          repeats.add(first.get());
          first = Optional.of(place);
        } else {
          repeats.add(place);
        }
      }
    }
  }

  private static boolean has(Run run, long at, Key key) {
    return at < run.end()
        && run.segment().high(at) == key.high()
        && run.segment().low(at) == key.low();
  }

  private int firstRun(Key key) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      KeyPlace last = runs.get(middle).last();
      if (KeySegment.compare(last.high(), last.low(), key.high(), key.low()) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long firstIn(Run run, Key key) {
    long low = run.start();
    long high = run.end();
    while (low < high) {
      long middle = (low + high) >>> 1;
      KeySegment segment = run.segment();
      if (KeySegment.compare(segment.high(middle), segment.low(middle), key.high(), key.low())
          < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
