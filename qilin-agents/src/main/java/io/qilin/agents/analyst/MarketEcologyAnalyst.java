package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketBreadth;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.PublicationTimes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges the mood of the whole market (情绪周期) and how it treats the kind of each share, from daily
 * bars alone.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}. Counted are the shares that traded, with a
 * price limit and without risk warning. A dimension is the mean of two percentiles (of the known
 * one), each of the day's measure among the known ones of the 250 days up to it, at least 60; there
 * are no fixed counts. Every day needs {@code minShares} shares.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1; higher is better</caption>
 *   <tr><th>part</th><th>weight</th><th>first measure, the raw value</th><th>second
 *       measure</th></tr>
 *   <tr><td>breadth</td><td>0.15</td><td>(sealed − sealed at limit-down) / traded</td>
 *       <td>rising / (rising + falling), against the reference price</td></tr>
 *   <tr><td>height</td><td>0.15</td><td>longest streak</td>
 *       <td>promotion rate: sealed again / sealed the day before</td></tr>
 *   <tr><td>survival</td><td>0.15</td><td>1 − broken / (sealed + broken)</td>
 *       <td>1 − losers (大面) / those sealed the day before; a loser closes at −7 % or below</td></tr>
 *   <tr><td>premium</td><td>0.15</td><td>mean of opening / reference price − 1 of those sealed the
 *       day before</td><td>their mean return of the day</td></tr>
 *   <tr><td>liquidity</td><td>0.15</td><td>amount / mean amount of 20 days</td><td>–</td></tr>
 *   <tr><td>kind</td><td>0.25</td><td>mean return on the day after, over the last 20 days, of
 *       shares that had a day of the same kind; at least 10. The value is 0.5 + raw / 0.10</td>
 *       <td>–</td></tr>
 * </table>
 *
 * <p>Kinds: sealed for the first, second, third, fourth day or more, broken, closed at limit-down,
 * up 3 % or more, up less, down less than 3 %, down 3 % or more. The flag {@code KIND_…} names it.
 *
 * <p>The level is the mean of the known dimensions, at least 3; the slope is its change over three
 * days. From them follows a {@link MarketPhase}: below 0.20 ICE; 0.20 to 0.50 REPAIR, or EBB if
 * falling; from 0.50 RISE, from 0.80 CLIMAX, DIVERGENCE if falling. The phase changes only when the
 * new one has held for two days running. The flag {@code PHASE_…} names it. A record of the
 * market's breadth that disagrees with the count by more than a fifth is warned of: the bars then
 * hold another market than the record.
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, as fractions: sealed shares 0.429
 * (100 all, 50 two thirds, 30 a third), shares sealed for three days or more 0.286 (5 all, 3 a
 * half), northbound money 0.285 (above 0 all, 0 a half), which has not been published after
 * 2024-08-19 and then is dropped.
 *
 * <p>Immutable apart from the {@link LimitUpMemo}; safe to share.
 */
public final class MarketEcologyAnalyst implements ConfiguredAnalyst {
  /** {@code market-ecology}. */
  public static final String ID = "market-ecology";

  private static final double DISAGREEMENT = 0.2;
  private static final int FEW = 5;

  private final Preset preset;
  private final int minShares;
  private final LimitUpMemo memo;

  private MarketEcologyAnalyst(Builder from) {
    this.preset = from.preset;
    this.minShares = from.minShares;
    this.memo = from.memo;
  }

  /** The analyst with its standard formulas. */
  public MarketEcologyAnalyst() {
    this(new Builder());
  }

  /** Starts with the standard formulas. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private Preset preset = Preset.STANDARD;
    private int minShares = MarketMood.MIN_SHARES;
    private LimitUpMemo memo = new LimitUpMemo();

    private Builder() {}

    /** The formula sheet; standard unless set. */
    public Builder preset(Preset sheet) {
      preset = Objects.requireNonNull(sheet, "preset");
      return this;
    }

    /**
     * The fewest shares that make a market; 30 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless positive
     */
    public Builder minShares(int count) {
      if (count <= 0) {
        throw QilinException.invalid("a market has at least one share, minShares was " + count);
      }
      minShares = count;
      return this;
    }

    /** Limit-up facts shared with other analysts of the desk; its own unless set. */
    public Builder memo(LimitUpMemo shared) {
      memo = Objects.requireNonNull(shared, "memo");
      return this;
    }

    /** The analyst. */
    public MarketEcologyAnalyst build() {
      return new MarketEcologyAnalyst(this);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Market ecology (情绪周期)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString(), "min-shares", Integer.toString(minShares));
  }

  /**
   * The phase of the market on the snapshot's day; empty if too little is known.
   *
   * @throws QilinException DATA_NOT_FOUND if the raw bars lack open, high, low or close
   */
  public Optional<MarketPhase> phase(MarketSnapshot snapshot) {
    return new MarketCycle(memo.days(snapshot), minShares).phase();
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException DATA_NOT_FOUND if the raw bars lack open, high, low or close
   */
  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    MarketDays days = memo.days(snapshot);
    MarketCycle cycle = new MarketCycle(days, minShares);
    Optional<String> phase = cycle.phase().map(found -> "PHASE_" + found);
    EcologySheet sheet = preset == Preset.LEGACY
        ? new LegacyEcology(days.last(), minShares, northbound(snapshot))
        : new StandardEcology(cycle, days);
    List<String> warnings = disagreements(snapshot, days.last());
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int i : CrossSection.traded(snapshot)) {
      Optional<ShareKind> kind = days.kind(i);
      ScoreSheet.Row row = sheet.row(kind);
      phase.ifPresent(row::flag);
      kind.ifPresent(found -> row.flag("KIND_" + found));
      warnings.forEach(row::warn);
      Symbol symbol = snapshot.raw().symbols().get(i);
      opinions.put(symbol, row.opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  /** Turns the kind of a share into a row of a score sheet. */
  interface EcologySheet {
    ScoreSheet.Row row(Optional<ShareKind> kind);
  }

  /** Net purchase by Stock Connect of all shares on the day; {@code NaN} if none is known. */
  private static double northbound(MarketSnapshot snapshot) {
    double sum = Double.NaN;
    for (MoneyFlowDaily flow : snapshot.records().all(MoneyFlowDaily.class)) {
      if (flow.date().equals(snapshot.day()) && flow.northboundNet().isPresent()) {
        double net = flow.northboundNet().getAsDouble();
        sum = Double.isNaN(sum) ? net : sum + net;
      }
    }
    return sum;
  }

  private static List<String> disagreements(MarketSnapshot snapshot, MarketDay counted) {
    MarketBreadth told = null;
    for (MarketBreadth breadth : snapshot.records().all(MarketBreadth.class)) {
      boolean today = !breadth.eventTime().isBefore(PublicationTimes.closeOf(snapshot.day()))
          && breadth
              .eventTime()
              .isBefore(PublicationTimes.startOf(snapshot.day().plusDays(1)));
      told = today ? breadth : told;
    }
    int off = told == null ? 0 : Math.abs(told.sealed() - counted.sealed());
    return told == null || off <= Math.max(FEW, DISAGREEMENT * told.sealed())
        ? List.of()
        : List.of("the source counts " + told.sealed() + " sealed shares, the bars "
            + counted.sealed() + "; they do not hold the same market");
  }
}
