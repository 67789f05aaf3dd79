package io.qilin.api.check;

import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.source.Bars;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a quality check may look at.
 *
 * @param bars the data set
 * @param securities what the codes stood for, as far as known
 * @param calendar the exchange's trading days, if known
 * @param now the moment of judging, for timeliness
 */
public record QualityInput(
    Bars bars,
    Map<Symbol, SecurityTimeline> securities,
    Optional<TradingCalendar> calendar,
    Instant now) {
  /** Copies the map, sorted by symbol. */
  public QualityInput {
    Objects.requireNonNull(bars, "bars");
    securities = Collections.unmodifiableMap(new TreeMap<>(securities));
    Objects.requireNonNull(calendar, "calendar");
    Objects.requireNonNull(now, "now");
  }
}
