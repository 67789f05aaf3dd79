package io.qilin.agents.desk;

import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of a source a desk reads for one decision. What holds until it is replaced (names,
 * themes, reports, corporate actions) is read from the source's first day on; prices and order books
 * of the day for 30 days back, enough for means of five sessions over the longest holiday; all else
 * for 400 days back. Immutable and safe to share.
 *
 * @param kinds what to read; kinds that are no records (bars, securities) are refused
 * @param asOf the moment of decision: nothing that became public later is read
 */
public record SnapshotQuery(Set<DataCapability> kinds, Instant asOf) {
  private static final Duration SHORT = Duration.ofDays(30);
  private static final Duration LONG = Duration.ofDays(400);

  private static final Set<DataCapability> LASTING = Collections.unmodifiableSet(EnumSet.of(
      DataCapability.STATUS_NOTICES,
      DataCapability.THEME_MEMBERSHIPS,
      DataCapability.FUNDAMENTALS,
      DataCapability.CORPORATE_ACTIONS));

  private static final Set<DataCapability> INTRADAY = Collections.unmodifiableSet(EnumSet.of(
      DataCapability.TICKS,
      DataCapability.MINUTE_BARS,
      DataCapability.BOOK_SNAPSHOTS,
      DataCapability.SEAL_TICKS,
      DataCapability.AUCTION_TICKS));

  /**
   * Copies the set.
   *
   * @throws QilinException INVALID_ARGUMENT for a kind that is no record
   */
  public SnapshotQuery {
    Objects.requireNonNull(asOf, "asOf");
    kinds = Collections.unmodifiableSet(
        kinds.isEmpty() ? EnumSet.noneOf(DataCapability.class) : EnumSet.copyOf(kinds));
    for (DataCapability kind : kinds) {
      if (kind.recordType().isEmpty()) {
        throw QilinException.invalid(kind + " are no records; give them to Snapshots.from");
      }
    }
  }

  /**
   * Reads the records.
   *
   * @throws QilinException as {@link MarketDataSource#records}; INVALID_ARGUMENT if the source
   *     answers with a record that became public later
   */
  public SnapshotRecords read(MarketDataSource source) {
    List<MarketRecord> rows = new ArrayList<>();
    for (DataCapability kind : kinds) {
      rows.addAll(rows(source, kind, kind.recordType().orElseThrow()));
    }
    return SnapshotRecords.of(rows, asOf);
  }

  private <R extends MarketRecord> List<R> rows(
      MarketDataSource source, DataCapability kind, Class<R> type) {
    RecordQuery<R> all = RecordQuery.of(type, asOf);
    Optional<Instant> from = LASTING.contains(kind)
        ? Optional.empty()
        : Optional.of(asOf.minus(INTRADAY.contains(kind) ? SHORT : LONG));
    return source
        .records(new RecordQuery<>(type, all.symbols(), from, Optional.empty(), asOf))
        .rows();
  }
}
