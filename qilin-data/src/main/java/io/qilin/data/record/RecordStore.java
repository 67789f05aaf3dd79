package io.qilin.data.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.StatusNotice;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Records held in memory as a source: what a host has fetched itself, or what a test makes up. A query costs a binary
 * search and the rows of its span. Immutable and safe to share between threads; closing it does nothing.
 */
public final class RecordStore implements MarketDataSource {
  private final Provenance provenance;
  private final Map<DataCapability, KindTable<?>> tables;

  private RecordStore(Provenance provenance, Map<DataCapability, KindTable<?>> tables) {
    this.provenance = provenance;
    this.tables = tables;
  }

  /**
   * A store of records of any kinds in any order. It serves the kinds of which it has a record.
   *
   * @param provenance who answers; each record keeps its own source as well
   */
  public static RecordStore of(Provenance provenance, Collection<? extends MarketRecord> records) {
    return of(provenance, Set.of(), records);
  }

  /**
   * A store that also serves kinds of which it may have no record: that there was none is then an answer.
   *
   * @param provenance who answers
   * @param kinds kinds of records that are complete here even without a record
   */
  public static RecordStore of(
      Provenance provenance,
      Set<DataCapability> kinds,
      Collection<? extends MarketRecord> records) {
    Objects.requireNonNull(provenance, "provenance");
    Map<DataCapability, List<MarketRecord>> sorted = new EnumMap<>(DataCapability.class);
    for (DataCapability kind : kinds) {
      if (kind.recordType().isEmpty()) {
        throw QilinException.invalid(kind + " is no kind of record");
      }
      sorted.put(kind, new ArrayList<>());
    }
    for (MarketRecord record : records) {
      sorted
          .computeIfAbsent(DataCapability.of(record.getClass()), k -> new ArrayList<>())
          .add(record);
    }
    Map<DataCapability, KindTable<?>> tables = new EnumMap<>(DataCapability.class);
    sorted.forEach((kind, rows) -> tables.put(kind, new KindTable<>(rows)));
    return new RecordStore(provenance, tables);
  }

  /** What it serves: the kinds that it holds, and securities if it holds notices of status. */
  public Set<DataCapability> capabilities() {
    EnumSet<DataCapability> served = EnumSet.noneOf(DataCapability.class);
    served.addAll(tables.keySet());
    if (served.contains(DataCapability.STATUS_NOTICES)) {
      served.add(DataCapability.SECURITIES);
    }
    return Set.copyOf(served);
  }

  @Override
  public Bars bars(BarQuery query) {
    throw unsupported(DataCapability.DAILY_BARS);
  }

  /** The timelines of all notices of status, see {@link StatusNotice#timelines}. */
  @Override
  public Map<Symbol, SecurityTimeline> securities() {
    return StatusNotice.timelines(table(StatusNotice.class).rows());
  }

  @Override
  public <R extends MarketRecord> Records<R> records(RecordQuery<R> query) {
    return new Records<>(table(query.type()).select(query), provenance, List.of());
  }

  @SuppressWarnings("unchecked") // each table holds the records of its kind
  private <R extends MarketRecord> KindTable<R> table(Class<R> type) {
    DataCapability kind = DataCapability.of(type);
    KindTable<?> table = tables.get(kind);
    if (table == null) {
      throw unsupported(kind);
    }
    return (KindTable<R>) table;
  }

  private QilinException unsupported(DataCapability kind) {
    return new QilinException(
        ErrorCode.UNSUPPORTED, "this store serves " + capabilities() + ", not " + kind);
  }

  @Override
  public void close() {}
}
