package io.qilin.core.backtest;

import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.StatusNotice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the shares are, as far as it was public at a moment that only goes forward: a correction counts from its publication
 * on, never for a day before. Not thread-safe.
 */
final class KnownStatuses {
  private final List<StatusNotice> notices;
  private final Map<Symbol, Map<LocalDate, SecurityStatus>> heard = new TreeMap<>();
  private final Map<Symbol, SecurityTimeline> timelines;
  private int next;

  /**
   * Starts before everything that was announced.
   *
   * @param always what is known at any moment; a notice of such a share takes its place
   * @param announced in any order; of those of one moment the last holds
   */
  KnownStatuses(Map<Symbol, SecurityTimeline> always, Collection<StatusNotice> announced) {
    timelines = new TreeMap<>(always);
    notices = new ArrayList<>(announced);
    notices.sort(Comparator.comparing(StatusNotice::asOf));
  }

  /** Hears what became public until a moment; whether that was anything. */
  boolean advance(Instant moment) {
    TreeSet<Symbol> changed = new TreeSet<>();
    while (next < notices.size() && !notices.get(next).asOf().isAfter(moment)) {
      SecurityStatus status = notices.get(next++).status();
      heard.computeIfAbsent(status.symbol(), s -> new TreeMap<>()).put(status.from(), status);
      changed.add(status.symbol());
    }
    for (Symbol symbol : changed) {
      List<SecurityStatus> statuses =
          List.copyOf(heard.getOrDefault(symbol, Map.of()).values());
      timelines.put(symbol, SecurityTimeline.of(statuses));
    }
    return !changed.isEmpty();
  }

  /** The timelines at the moment: a view. */
  Map<Symbol, SecurityTimeline> timelines() {
    return Collections.unmodifiableMap(timelines);
  }
}
