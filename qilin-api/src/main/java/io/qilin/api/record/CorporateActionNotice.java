package io.qilin.api.record;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A dividend, bonus or rights issue (分红送配) and when its terms were announced. Its event is the beginning of the ex-date,
 * which usually lies after the announcement; before {@code asOf} nobody could reckon with it.
 *
 * @param action what is given, and the ex-date
 * @param asOf when it became public
 * @param source who says so
 */
public record CorporateActionNotice(CorporateAction action, Instant asOf, Provenance source)
    implements MarketRecord {
  /** Checks the parts. */
  public CorporateActionNotice {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
  }

  /**
   * The actions that notices make up, by ex-date and symbol. Of several announcements for one share and ex-date the last to
   * become public holds, as it repeats or corrects the ones before; what was announced at one moment is taken together.
   *
   * @throws QilinException DATA_CONFLICT if one announcement is listed twice, which would pay twice
   */
  public static List<CorporateAction> actions(Collection<CorporateActionNotice> notices) {
    List<CorporateActionNotice> sorted = new ArrayList<>(notices);
    sorted.sort(Comparator.comparing(CorporateActionNotice::action)
        .thenComparing(CorporateActionNotice::asOf));
    List<CorporateAction> actions = new ArrayList<>();
    Set<CorporateAction> together = new HashSet<>();
    for (int i = 0; i < sorted.size(); i++) {
      CorporateActionNotice notice = sorted.get(i);
      CorporateAction action = notice.action();
      boolean repeats = i > 0 && action.compareTo(sorted.get(i - 1).action()) == 0;
      if (!repeats) {
        together = new HashSet<>(Set.of(action));
        actions.add(action);
      } else if (notice.asOf().equals(sorted.get(i - 1).asOf())) {
        if (!together.add(action)) {
          throw new QilinException(
              ErrorCode.DATA_CONFLICT,
              "the announcement of " + notice.asOf() + " of the corporate action of "
                  + action.symbol() + " on " + action.exDate()
                  + " is listed twice; list each once");
        }
        actions.set(actions.size() - 1, actions.get(actions.size() - 1).plus(action));
      } else {
        together = new HashSet<>(Set.of(action));
        actions.set(actions.size() - 1, action);
      }
    }
    return List.copyOf(actions);
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(action.symbol());
  }

  /** The beginning of the ex-date. */
  @Override
  public Instant eventTime() {
    return PublicationTimes.startOf(action.exDate());
  }
}
