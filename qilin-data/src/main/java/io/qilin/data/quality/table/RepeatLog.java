package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The first places, by part and row, at which keys come again, and some keys of which no rows are known; the same ones in
 * whatever order they are added. Used by one thread.
 */
final class RepeatLog {
  /** More keys without rows than findings can name, should others be known by their rows. */
  private static final int MOST_WITHOUT_ROW = 3 * FindingLog.MOST;

  private static final Comparator<KeyCount.Repeat> BY_KEY =
      Comparator.comparingLong(KeyCount.Repeat::high).thenComparingLong(KeyCount.Repeat::low);
  private static final Comparator<KeyCount.Repeat> BY_PLACE = Comparator.comparing(
          KeyCount.Repeat::part)
      .thenComparingLong(KeyCount.Repeat::row)
      .thenComparing(BY_KEY);

  private final List<String> parts;
  private final TreeSet<KeyCount.Repeat> placed = new TreeSet<>(BY_PLACE);
  private final TreeSet<KeyCount.Repeat> withoutRow = new TreeSet<>(BY_KEY);

  /**
   * An empty log.
   *
   * @param parts names of parts by their numbers
   */
  RepeatLog(List<String> parts) {
    this.parts = parts;
  }

  /** Whether a key stands before another one; of two without rows neither does. */
  boolean isBefore(KeyPlace one, KeyPlace other) {
    int part = one.segment().part(one.at());
    int otherPart = other.segment().part(other.at());
    int order = part == otherPart ? 0 : parts.get(part).compareTo(parts.get(otherPart));
    return order != 0
        ? order < 0
        : one.segment().row(one.at()) < other.segment().row(other.at());
  }

  void add(KeyPlace key) {
    long row = key.segment().row(key.at());
    String part = parts.get(key.segment().part(key.at()));
    if (row == TableFinding.NO_ROW) {
      keep(withoutRow, MOST_WITHOUT_ROW, new KeyCount.Repeat(part, row, key.high(), key.low()));
    } else if (mayKeep(part, row)) {
      keep(placed, FindingLog.MOST, new KeyCount.Repeat(part, row, key.high(), key.low()));
    }
  }

  private boolean mayKeep(String part, long row) {
    if (placed.size() < FindingLog.MOST) {
      return true;
    }
    int order = part.compareTo(placed.last().part());
    return order < 0 || (order == 0 && row <= placed.last().row());
  }

  private static void keep(NavigableSet<KeyCount.Repeat> log, int most, KeyCount.Repeat repeat) {
    log.add(repeat);
    if (log.size() > most) {
      log.pollLast();
    }
  }

  void addAll(RepeatLog other) {
    other.placed.forEach(repeat -> keep(placed, FindingLog.MOST, repeat));
    other.withoutRow.forEach(repeat -> keep(withoutRow, MOST_WITHOUT_ROW, repeat));
  }

  List<KeyCount.Repeat> list() {
    List<KeyCount.Repeat> all = new ArrayList<>(placed);
    all.addAll(withoutRow);
    return all;
  }
}
