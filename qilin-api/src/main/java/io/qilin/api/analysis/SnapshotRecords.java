package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The records that an analyst may read: all that were public at the moment of decision, by kind and share. It refuses what
 * became public later, so that no analyst can see it. Records of one kind and share are in the order of their event time,
 * then of {@link MarketRecord#asOf}, then as given. Immutable and safe to share.
 */
public final class SnapshotRecords {
  private record Key(Class<?> kind, Symbol symbol) {}

  private final Instant asOf;
  private final Map<Class<?>, List<MarketRecord>> kinds = new HashMap<>();
  private final Map<Key, List<MarketRecord>> shares = new HashMap<>();

  private SnapshotRecords(Collection<? extends MarketRecord> records, Instant asOf) {
    this.asOf = Objects.requireNonNull(asOf, "asOf");
    List<MarketRecord> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparing(MarketRecord::eventTime).thenComparing(MarketRecord::asOf));
    for (MarketRecord record : sorted) {
      if (record.asOf().isAfter(asOf)) {
        throw QilinException.invalid("a record of " + record.eventTime() + " ("
            + record.getClass().getSimpleName() + ", " + record.symbols() + ") became public at "
            + record.asOf() + ", after the moment of decision " + asOf
            + "; ask the source for what it knew then");
      }
      kinds.computeIfAbsent(record.getClass(), kind -> new ArrayList<>()).add(record);
      for (Symbol symbol : record.symbols()) {
        shares
            .computeIfAbsent(new Key(record.getClass(), symbol), key -> new ArrayList<>())
            .add(record);
      }
    }
    kinds.replaceAll((kind, list) -> List.copyOf(list));
    shares.replaceAll((key, list) -> List.copyOf(list));
  }

  /**
   * Records that were public at a moment.
   *
   * @param asOf the moment of decision
   * @throws QilinException INVALID_ARGUMENT if one became public later
   */
  public static SnapshotRecords of(Collection<? extends MarketRecord> records, Instant asOf) {
    return new SnapshotRecords(records, asOf);
  }

  /** No records. */
  public static SnapshotRecords none(Instant asOf) {
    return new SnapshotRecords(List.of(), asOf);
  }

  /** The moment of decision. */
  public Instant asOf() {
    return asOf;
  }

  /** Whether there are records of a kind; if not, it was not asked for or brought nothing. */
  public boolean has(Class<? extends MarketRecord> kind) {
    return kinds.containsKey(kind);
  }

  /** All records of a kind. */
  public <R extends MarketRecord> List<R> all(Class<R> kind) {
    return cast(kind, kinds.getOrDefault(kind, List.of()));
  }

  /** The records of a kind that are about a share; those about the whole market are not among them. */
  public <R extends MarketRecord> List<R> of(Class<R> kind, Symbol symbol) {
    return cast(kind, shares.getOrDefault(new Key(kind, symbol), List.of()));
  }

  /** How many records there are. */
  public int size() {
    return kinds.values().stream().mapToInt(List::size).sum();
  }

  // A list is filed under the class of its elements.
  @SuppressWarnings({"unchecked", "unused"})
  private static <R extends MarketRecord> List<R> cast(
      Class<R> kind, List<? extends MarketRecord> list) {
    return (List<R>) list;
  }
}
