package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Counts the different keys of some segments and finds repetitions: by their order if they have one, by a grid if
 * they fill one, else by hashes. */
final class KeyCounter {
  private final List<KeySegment> segments;
  private final List<String> parts;
  private final Crew crew;
  private final long size;

  /**
   * Counts some keys.
   *
   * @param parts names of the parts of the table by their numbers
   */
  KeyCounter(List<KeySegment> segments, List<String> parts, Crew crew) {
    this.segments = segments.stream().filter(segment -> segment.size() > 0).toList();
    this.parts = List.copyOf(parts);
    this.crew = crew;
    this.size = this.segments.stream().mapToLong(KeySegment::size).sum();
  }

  KeyCount count() {
    if (size == 0) {
      return new KeyCount(0, 0, List.of(), "exact");
    }
    Optional<KeyRuns> runs = KeyRuns.of(segments);
    if (runs.isPresent()) {
      return runs.get().count(size, new RepeatLog(parts));
    }
    if (size > Integer.MAX_VALUE / 2) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          size + " keys that are in no order do not fit into memory; give a smaller"
              + " JudgeOptions.keyBytes and a spillFolder");
    }
    List<KeyUnit> units = KeyUnit.of(segments);
    return (segments.get(0).isWide()
            ? Optional.<KeyCount>empty()
            : KeyGrid.count(segments, units, size, parts, crew))
        .orElseGet(() -> countByHash(units));
  }

  private KeyCount countByHash(List<KeyUnit> units) {
    KeyDeal deal = new KeyDeal(units, (int) size);
    crew.each(deal.units(), deal::dealer);
    List<KeyMatch> matches = Collections.synchronizedList(new ArrayList<>());
    crew.each(deal.parts(), () -> {
      KeyMatch match = new KeyMatch(deal, new RepeatLog(parts));
      matches.add(match);
      return match;
    });
    long distinct = 0;
    RepeatLog repeats = new RepeatLog(parts);
    for (KeyMatch match : matches) {
      distinct += match.distinct();
      repeats.addAll(match.repeats());
    }
    return new KeyCount(size, distinct, repeats.list(), "exact");
  }
}
