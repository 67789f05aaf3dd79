package io.qilin.api.record;

import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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
