package io.qilin.core.backtest;

import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.PublicationTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Corporate actions by ex-date, as far as they were public when the session of the ex-date began. What comes later can no
 * more be booked. Immutable.
 */
final class KnownActions {
  private final Map<LocalDate, List<CorporateAction>> always = new HashMap<>();
  private final Map<LocalDate, List<CorporateActionNotice>> announced = new HashMap<>();
  /** What came too late, by the moment when it came. */
  private final TreeMap<Instant, List<CorporateActionNotice>> late = new TreeMap<>();
  /** The shares of what came too late, by ex-date. */
  private final Map<LocalDate, Set<Symbol>> lateOn = new HashMap<>();

  /**
   * Sorts them.
   *
   * @param known what is known at any moment
   * @param notices what counts from its publication on
   */
  KnownActions(List<CorporateAction> known, Collection<CorporateActionNotice> notices) {
    for (CorporateAction action : known) {
      always.computeIfAbsent(action.exDate(), d -> new ArrayList<>()).add(action);
    }
    for (CorporateActionNotice notice : notices) {
      Instant deadline = PublicationTimes.startOf(notice.action().exDate());
      if (notice.asOf().isAfter(deadline)) {
        late.computeIfAbsent(notice.asOf(), m -> new ArrayList<>()).add(notice);
        lateOn
            .computeIfAbsent(notice.action().exDate(), d -> new TreeSet<>())
            .add(notice.action().symbol());
      } else {
        announced
            .computeIfAbsent(notice.action().exDate(), d -> new ArrayList<>())
            .add(notice);
      }
    }
  }

  /** What is booked on an ex-date, by share. */
  Map<Symbol, CorporateAction> on(LocalDate exDate) {
    Map<Symbol, CorporateAction> actions = new TreeMap<>();
    List<CorporateActionNotice> heard = announced.getOrDefault(exDate, List.of());
    CorporateActionNotice.actions(heard)
        .forEach(action -> actions.merge(action.symbol(), action, CorporateAction::plus));
    always
        .getOrDefault(exDate, List.of())
        .forEach(action -> actions.merge(action.symbol(), action, CorporateAction::plus));
    return actions;
  }

  /** The shares with an action on the day, or a correction of one, that became public too late. */
  Set<Symbol> lateOn(LocalDate exDate) {
    return lateOn.getOrDefault(exDate, Set.of());
  }

  /** What became public too late after one moment and until another. */
  List<CorporateActionNotice> late(Instant after, Instant until) {
    return late.subMap(after, false, until, true).values().stream()
        .flatMap(List::stream)
        .toList();
  }
}
