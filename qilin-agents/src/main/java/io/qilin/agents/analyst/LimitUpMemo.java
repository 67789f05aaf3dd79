package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The limit-up facts of the snapshot in hand, so that several analysts of one desk compute them
 * once: those of its bars, the counts of its days, and what its records of order books tell. It
 * remembers one snapshot, the last one asked for, by identity; what it answers never depends on
 * what it remembers. Thread-safe: the memory is one atomic reference, and what hangs on it is
 * computed under its lock or in a concurrent map.
 */
public final class LimitUpMemo {
  private static final class Entry {
    private final MarketSnapshot snapshot;
    private final LimitUpFacts facts;
    private final ConcurrentHashMap<Long, Optional<SealReading>> seals = new ConcurrentHashMap<>();
    private @Nullable MarketDays days;

    private Entry(MarketSnapshot snapshot) {
      this.snapshot = snapshot;
      this.facts = LimitUpFacts.of(snapshot.raw(), snapshot.securities(), MarketRuleBook.aShare());
    }

    private synchronized MarketDays days() {
      if (days == null) {
        days = MarketDays.of(facts, snapshot.securities());
      }
      return days;
    }

    private Optional<SealReading> seal(int instrument, int day) {
      long key = ((long) instrument << Integer.SIZE) | day;
      return seals.computeIfAbsent(key, k -> SealRecords.read(snapshot, facts, instrument, day));
    }
  }

  private final AtomicReference<@Nullable Entry> last = new AtomicReference<>();

  /** A memo that remembers nothing yet. */
  public LimitUpMemo() {}

  /**
   * The facts of the snapshot's raw bars.
   *
   * @throws io.qilin.api.error.QilinException DATA_NOT_FOUND if the bars lack open, high, low or
   *     close
   */
  public LimitUpFacts of(MarketSnapshot snapshot) {
    return entry(snapshot).facts;
  }

  /** The counts of the snapshot's days; errors as {@link #of}. */
  MarketDays days(MarketSnapshot snapshot) {
    return entry(snapshot).days();
  }

  /**
   * What the snapshot's records of order books and minutes tell of a share on a day; empty if there
   * are none or the day has no limit. Errors as {@link #of}.
   */
  Optional<SealReading> seal(MarketSnapshot snapshot, int instrument, int day) {
    return SealRecords.any(snapshot.records())
        ? entry(snapshot).seal(instrument, day)
        : Optional.empty();
  }

  @SuppressWarnings("ReferenceEquality") // The same snapshot is meant, not an equal one.
  private Entry entry(MarketSnapshot snapshot) {
    Objects.requireNonNull(snapshot, "snapshot");
    Entry entry = last.get();
    if (entry == null || entry.snapshot != snapshot) {
      Entry made = new Entry(snapshot);
      Entry other = last.compareAndExchange(entry, made);
      entry = other != null && other.snapshot == snapshot ? other : made;
    }
    return entry;
  }
}
