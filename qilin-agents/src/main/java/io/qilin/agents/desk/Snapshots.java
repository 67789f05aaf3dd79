package io.qilin.agents.desk;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.api.source.MarketDataSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was known on each evening of a market: cuts bars and statuses at a day. Instruments that
 * first appear later are absent. Prices are converted once, row by row, so that a snapshot is the
 * same whether or not the bars hold later days. Immutable and safe to share.
 */
public final class Snapshots {
  private final Panel raw;
  private final Panel adjusted;
  private final Provenance provenance;
  private final Map<Symbol, SecurityTimeline> securities;

  private Snapshots(
      Panel raw, Panel adjusted, Provenance provenance, Map<Symbol, SecurityTimeline> securities) {
    this.raw = raw;
    this.adjusted = adjusted;
    this.provenance = provenance;
    this.securities = securities;
  }

  /**
   * The snapshots of a market.
   *
   * @param bars raw, backward- or forward-adjusted bars with {@code $factor}; raw bars with {@code
   *     $pre_close} will do, the factor is then found from the reference prices
   * @param securities what the codes stood for, as far as known
   * @throws QilinException DATA_NOT_FOUND if the bars have neither, so that prices cannot be
   *     compared over time
   */
  public static Snapshots from(Bars bars, Map<Symbol, SecurityTimeline> securities) {
    Panel panel = PaidOut.factored(Objects.requireNonNull(bars, "bars").panel());
    return new Snapshots(
        panel.withAdjustment(Adjustment.RAW),
        panel.withAdjustment(Adjustment.BACKWARD),
        bars.provenance(),
        Map.copyOf(securities));
  }

  /**
   * The snapshot of one evening.
   *
   * @throws QilinException as {@link #from}; NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE if the bars do
   *     not hold the day
   */
  public static MarketSnapshot of(
      Bars bars, Map<Symbol, SecurityTimeline> securities, LocalDate day) {
    return from(bars, securities).at(day);
  }

  /** The days of the market, ascending. */
  public List<LocalDate> days() {
    return raw.days();
  }

  /** The whole market in raw prices. */
  Panel raw() {
    return raw;
  }

  /** What the codes stood for, as given. */
  Map<Symbol, SecurityTimeline> securities() {
    return securities;
  }

  /**
   * What was known in the evening of a day.
   *
   * @throws QilinException NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE if the bars do not hold the day
   */
  public MarketSnapshot at(LocalDate day) {
    Map<Symbol, SecurityTimeline> known = new TreeMap<>();
    securities.forEach(
        (symbol, timeline) -> timeline.until(day).ifPresent(past -> known.put(symbol, past)));
    return new MarketSnapshot(
        day,
        raw.until(day),
        adjusted.until(day),
        known,
        provenance,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What was known on a day and of a source's records at the query's moment of decision.
   *
   * @throws QilinException as {@link #at(LocalDate)} and {@link SnapshotQuery#read};
   *     INVALID_ARGUMENT if the moment is before the close of the day
   */
  public MarketSnapshot at(LocalDate day, MarketDataSource source, SnapshotQuery query) {
    return at(day).withRecords(query.read(source));
  }
}
