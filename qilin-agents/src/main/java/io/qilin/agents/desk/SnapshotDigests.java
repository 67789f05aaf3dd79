package io.qilin.agents.desk;

import io.qilin.api.analysis.MarketSnapshot;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The digests of a snapshot's parts. Those of the last snapshot are remembered, as many runs on one
 * snapshot would otherwise each read all its bars. Thread-safe: the memory is one atomic reference, and
 * who comes second may compute the same again.
 */
final class SnapshotDigests {
  private record Entry(MarketSnapshot snapshot, SortedMap<String, String> digests) {}

  private final AtomicReference<@Nullable Entry> last = new AtomicReference<>();

  /** Digests by name. */
  @SuppressWarnings("ReferenceEquality") // The same snapshot is meant, not an equal one.
  SortedMap<String, String> of(MarketSnapshot snapshot) {
    Entry entry = last.get();
    if (entry == null || entry.snapshot() != snapshot) {
      entry = new Entry(snapshot, digests(snapshot));
      last.set(entry);
    }
    return entry.digests();
  }

  private static SortedMap<String, String> digests(MarketSnapshot snapshot) {
    SortedMap<String, String> out = new TreeMap<>();
    out.put("bars", InputDigests.bars(snapshot));
    out.put("securities", InputDigests.securities(snapshot.securities()));
    out.put("rules", InputDigests.rules());
    MarketRecordDigests.of(snapshot.records())
        .forEach((kind, digest) -> out.put("records." + kind, digest));
    snapshot.factors().ifPresent(factors -> out.put("factors", InputDigests.factors(factors)));
    return Collections.unmodifiableSortedMap(out);
  }
}
