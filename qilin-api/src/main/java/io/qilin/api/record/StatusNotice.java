package io.qilin.api.record;

import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a share is from a day on, and when that was made known. Its event is the beginning of that day; a change of name
 * is usually known before, a correction after.
 *
 * @param status board, name, risk warning, dates and shares from a day on
 * @param asOf when it became public
 * @param source who says so
 */
public record StatusNotice(SecurityStatus status, Instant asOf, Provenance source)
    implements MarketRecord {
  /** Checks the parts. */
  public StatusNotice {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
  }

  /**
   * The timelines that notices make up. Of several notices for one day of one share the one that became public last holds,
   * of those of one moment the last of the collection.
   */
  public static Map<Symbol, SecurityTimeline> timelines(Collection<StatusNotice> notices) {
    List<StatusNotice> sorted = new ArrayList<>(notices);
    sorted.sort(Comparator.comparing(StatusNotice::asOf));
    Map<Symbol, Map<LocalDate, SecurityStatus>> known = new TreeMap<>();
    for (StatusNotice notice : sorted) {
      known
          .computeIfAbsent(notice.status().symbol(), s -> new TreeMap<>())
          .put(notice.status().from(), notice.status());
    }
    Map<Symbol, SecurityTimeline> timelines = new TreeMap<>();
    known.forEach((symbol, statuses) ->
        timelines.put(symbol, SecurityTimeline.of(List.copyOf(statuses.values()))));
    return timelines;
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(status.symbol());
  }

  @Override
  public Instant eventTime() {
    return PublicationTimes.startOf(status.from());
  }
}
