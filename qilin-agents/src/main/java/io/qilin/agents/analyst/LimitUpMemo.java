package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The limit-up facts of the snapshot in hand, so that several analysts of one desk compute them
 * once. It remembers one snapshot, the last one asked for, by identity; what it answers never
 * depends on what it remembers. Thread-safe: the memory is one atomic reference to an immutable
 * pair.
 */
public final class LimitUpMemo {
  private record Entry(MarketSnapshot snapshot, LimitUpFacts facts) {}

  private final AtomicReference<@Nullable Entry> last = new AtomicReference<>();

  /** A memo that remembers nothing yet. */
  public LimitUpMemo() {}

  /**
   * The facts of the snapshot's raw bars.
   *
   * @throws io.qilin.api.error.QilinException DATA_NOT_FOUND if the bars lack open, high, low or
   *     close
   */
  @SuppressWarnings("ReferenceEquality") // The same snapshot is meant, not an equal one.
  public LimitUpFacts of(MarketSnapshot snapshot) {
    Objects.requireNonNull(snapshot, "snapshot");
    Entry entry = last.get();
    if (entry == null || entry.snapshot() != snapshot) {
      entry = new Entry(
          snapshot,
          LimitUpFacts.of(snapshot.raw(), snapshot.securities(), MarketRuleBook.aShare()));
      last.set(entry);
    }
    return entry.facts();
  }
}
