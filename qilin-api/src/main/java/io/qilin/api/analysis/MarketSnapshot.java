package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.PublicationTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that analysts may read about one evening: the market up to and including a day, and nothing later. Built once per
 * run; immutable and safe to share, so that analysts run in parallel and a run can be replayed.
 *
 * @param day the last day known; decisions are for the next session
 * @param raw bars in raw prices, ending on the day
 * @param adjusted the same bars with prices that are comparable over time, for returns and indicators
 * @param securities what the codes stood for, as known on the day
 * @param provenance where the bars come from
 * @param quality how far the bars can be trusted, if judged
 * @param factors factor values whose last day is the day, if computed
 * @param records news, money flows, seats, auctions and whatever else was public at the moment of decision, {@link
 *     SnapshotRecords#asOf()}, which lies after the close of the day and before trading in the next session
 */
public record MarketSnapshot(
    LocalDate day,
    Panel raw,
    Panel adjusted,
    Map<Symbol, SecurityTimeline> securities,
    Provenance provenance,
    Optional<QualityReport> quality,
    Optional<FactorTable> factors,
    SnapshotRecords records) {
  /**
   * Copies the map and proves that nothing is later than the day.
   *
   * @throws QilinException INVALID_ARGUMENT if the panels do not match, or if anything is dated after the day
   */
  public MarketSnapshot {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(factors, "factors");
    securities = Collections.unmodifiableMap(new TreeMap<>(securities));
    if (raw.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid("raw must hold raw prices, got " + raw.adjustment());
    }
    if (!raw.lastDay().equals(day) || !adjusted.lastDay().equals(day)) {
      throw QilinException.invalid(
          "the bars must end on " + day + ", got " + raw.lastDay() + " and " + adjusted.lastDay());
    }
    if (!raw.symbols().equals(adjusted.symbols()) || !raw.days().equals(adjusted.days())) {
      throw QilinException.invalid("raw and adjusted must hold the same instruments and days");
    }
    for (var entry : securities.entrySet()) {
      SecurityTimeline timeline = entry.getValue();
      if (!timeline.symbol().equals(entry.getKey())) {
        throw QilinException.invalid(
            "the timeline of " + timeline.symbol() + " is filed under " + entry.getKey());
      }
      if (timeline.statuses().stream().anyMatch(s -> s.from().isAfter(day))) {
        throw QilinException.invalid(
            "the timeline of " + timeline.symbol() + " knows more than " + day);
      }
    }
    factors.ifPresent(table -> checkEnd(table.days(), day));
    if (records.asOf().isBefore(PublicationTimes.closeOf(day))) {
      throw QilinException.invalid("the records are those public at " + records.asOf()
          + ", before the close of " + day + "; take a moment after it");
    }
  }

  /** What was known at midnight after a day, from bars alone. */
  public MarketSnapshot(
      LocalDate day,
      Panel raw,
      Panel adjusted,
      Map<Symbol, SecurityTimeline> securities,
      Provenance provenance,
      Optional<QualityReport> quality,
      Optional<FactorTable> factors) {
    this(
        day,
        raw,
        adjusted,
        securities,
        provenance,
        quality,
        factors,
        SnapshotRecords.none(PublicationTimes.startOf(day.plusDays(1))));
  }

  /** The moment of decision: nothing that became public later is part of the snapshot. */
  public Instant asOf() {
    return records.asOf();
  }

  /**
   * The same market with other records, and their moment of decision.
   *
   * @throws QilinException INVALID_ARGUMENT if that moment is before the close of the day
   */
  public MarketSnapshot withRecords(SnapshotRecords known) {
    return new MarketSnapshot(day, raw, adjusted, securities, provenance, quality, factors, known);
  }

  private static void checkEnd(List<LocalDate> days, LocalDate day) {
    if (days.isEmpty() || !days.get(days.size() - 1).equals(day)) {
      throw QilinException.invalid("the factors must end on " + day + ", but end on "
          + (days.isEmpty() ? "no day" : days.get(days.size() - 1)));
    }
  }
}
