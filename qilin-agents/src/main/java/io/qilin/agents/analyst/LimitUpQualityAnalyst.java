package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges how good the limit-up of a share was (涨停质量): only shares that closed sealed at limit-up
 * are spoken about, all others are left out.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}; value on [0, 1], higher is better.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>value</th><th>needs</th></tr>
 *   <tr><td>seal</td><td>0.20</td><td>mean of the percentiles of seal amount / (free-float shares ×
 *       close) and of seal amount / day's amount, among the shares sealed that day in the same
 *       limit class (5, 10, 20, 30 %); among fewer than 10 those of the last 20 days; the raw value
 *       is the first ratio</td><td>seal amount, float, amount</td></tr>
 *   <tr><td>time</td><td>0.15</td><td>first seal before 09:35 1, before 10:00 0.8, before 14:00
 *       0.5, else 0.3; the raw value is minutes of trading since 09:30, 0 in the
 *       auction</td><td>first seal</td></tr>
 *   <tr><td>stability</td><td>0.15</td><td>1 / (1 + 0.3 × breaks)</td><td>breaks</td></tr>
 *   <tr><td>trend</td><td>0.10</td><td>1 / (1 + e<sup>−slope</sup>), slope of the log seal amount
 *       per minute</td>
 *       <td>{@link SealTrend}</td></tr>
 *   <tr><td>turnover</td><td>0.10</td><td>1 − |ln(turnover / median turnover of the others sealed
 *       in the class)| / ln 4, not below 0; at least 5 others</td><td>volume, float</td></tr>
 *   <tr><td>flow</td><td>0.10</td><td>rank of the money flow</td><td>supplied</td></tr>
 *   <tr><td>sentiment</td><td>0.10</td><td>mean of the 250-day percentiles of (sealed − limit-down)
 *       / traded and of 1 − broken / (sealed + broken)</td><td>bars: 30 shares, 60 days</td></tr>
 *   <tr><td>continuation</td><td>0.10</td><td>calibrated probability of a seal on the next
 *       day</td><td>supplied</td></tr>
 * </table>
 *
 * <p>Seal amount, times, breaks, trend, flow and continuation come from {@link SealFacts} that the
 * host supplies; where it supplies none, the first four are read from the snapshot's records: seal
 * ticks, else order books, else minute bars. With daily bars alone nearly all of the weight has no
 * data and the analyst abstains; that is meant so.
 * On a one-word board (一字板) bars alone prove that it sealed in the opening auction and never broke.
 *
 * <p>{@link Preset#LEGACY} follows the first point table of qilin_stack, as fractions: seal over
 * float value 0.30 (above 0.10 all, 0.05 two thirds, 0.02 a third), first seal 0.20 (before 10:00
 * all, 11:00 three quarters, 14:00 a half, else a quarter), breaks 0.20 (none all, one a half, two
 * a quarter), turnover 0.15 (5 to 15 % all, 3 to 5 or 15 to 20 % two thirds, below 3 % a third),
 * volume over the day before 0.15 (1.5 to 3 all, 1.2 to 1.5 or 3 to 5 two thirds, below 1.2 a
 * third). The original gives 45 of 100 points to a share without any data and takes traded volume
 * for the seal; here a part without data is dropped and only resting orders are a seal.
 *
 * <p>A scored opinion carries one of the flags {@code BUY_CANDIDATE} (mean of the parts at least
 * 0.70, confidence at least 0.5, at most 2 breaks, not a one-word board), {@code WATCH} (mean at
 * least 0.5) or {@code AVOID}, and why in the warnings. {@code UNBUYABLE} marks a one-word board
 * whatever the score. Further flags: {@code ONE_WORD}, {@code T_BOARD}, {@code ROTTEN_BOARD} (3
 * breaks or more), {@code LATE_BOARD} (first seal at 14:30 or later), {@code STREAK_n},
 * {@code CONTRADICTORY} (records that contradict the bar or each other) and {@code UNITS_SUSPECT}
 * (a queue that looks counted in lots, or an amount in units of 10,000 yuan).
 *
 * <p>Immutable apart from the {@link LimitUpMemo}; safe to share.
 */
public final class LimitUpQualityAnalyst implements ConfiguredAnalyst {
  /** {@code limit-up-quality}. */
  public static final String ID = "limit-up-quality";

  private final Preset preset;
  private final SealHistory seals;
  private final LimitUpMemo memo;

  private LimitUpQualityAnalyst(Preset preset, SealHistory seals, LimitUpMemo memo) {
    this.preset = preset;
    this.seals = seals;
    this.memo = memo;
  }

  /** The analyst with its standard formulas and nothing beside daily bars. */
  public LimitUpQualityAnalyst() {
    this(Preset.STANDARD, new SealHistory(List.of()), new LimitUpMemo());
  }

  /** Starts with the standard formulas and nothing beside daily bars. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what the analyst reads. Not thread-safe. */
  public static final class Builder {
    private Preset preset = Preset.STANDARD;
    private Collection<SealFacts> seals = List.of();
    private LimitUpMemo memo = new LimitUpMemo();

    private Builder() {}

    /** The formula sheet; standard unless set. */
    public Builder preset(Preset sheet) {
      preset = Objects.requireNonNull(sheet, "preset");
      return this;
    }

    /**
     * What the order book told, for any days and shares; nothing unless set. Read no earlier than
     * it was public.
     */
    public Builder seals(Collection<SealFacts> facts) {
      seals = List.copyOf(facts);
      return this;
    }

    /** Limit-up facts shared with other analysts of the desk; its own unless set. */
    public Builder memo(LimitUpMemo shared) {
      memo = Objects.requireNonNull(shared, "memo");
      return this;
    }

    /**
     * The analyst.
     *
     * @throws QilinException DATA_CONFLICT if the facts of one share and day are given twice
     */
    public LimitUpQualityAnalyst build() {
      return new LimitUpQualityAnalyst(preset, new SealHistory(seals), memo);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Limit-up quality (涨停质量)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  @Override
  public Map<String, String> inputs(LocalDate day) {
    return seals.isEmpty() ? Map.of() : Map.of("seals", seals.fingerprint(day));
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException DATA_NOT_FOUND if the raw bars lack open, high, low or close
   */
  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    LimitUpFacts facts = memo.of(snapshot);
    int last = snapshot.raw().days().size() - 1;
    Seals known = new Seals(seals, memo);
    List<SealedShare> sealed = new ArrayList<>();
    for (int i : CrossSection.traded(snapshot)) {
      if (facts.at(i, last).sealed()) {
        sealed.add(new SealedShare(snapshot, facts, known, i, last));
      }
    }
    if (sealed.isEmpty()) {
      return Map.of();
    }
    LimitUpSheet sheet = preset == Preset.LEGACY
        ? new LegacyLimitUp()
        : new StandardLimitUp(snapshot, facts, known, sealed, MarketMood.on(memo.days(snapshot)));
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (SealedShare share : sealed) {
      opinions.put(share.symbol(), opinion(share, sheet));
    }
    return Collections.unmodifiableMap(opinions);
  }

  private static Opinion opinion(SealedShare share, LimitUpSheet sheet) {
    LimitUpFact fact = share.fact();
    ScoreSheet.Row row = fact.beyondLimits() ? sheet.empty() : sheet.row(share);
    if (fact.beyondLimits()) {
      row.warn("prices lie beyond the day's limits: bars, status or reference price are wrong");
    }
    if (fact.referenceAssumed()) {
      row.warn("the limit is reckoned from the previous close, as no reference price is known");
    }
    share.flags().forEach(row::flag);
    share.warnings().forEach(row::warn);
    if (row.enough()) {
      recommend(share, row);
    }
    return row.opinion(share.symbol());
  }

  private static void recommend(SealedShare share, ScoreSheet.Row row) {
    List<String> against = new ArrayList<>();
    if (row.mean() < 0.70) {
      against.add("the quality is below 0.70");
    }
    if (row.confidence() < 0.5) {
      against.add("the confidence is below 0.5");
    }
    if (share.breaks().orElse(0) > 2) {
      against.add("the seal broke more than twice");
    }
    if (share.fact().oneWord()) {
      against.add("a one-word board cannot be bought");
    }
    row.flag(against.isEmpty() ? "BUY_CANDIDATE" : row.mean() >= 0.5 ? "WATCH" : "AVOID");
    if (!against.isEmpty()) {
      row.warn("no buy candidate: " + String.join(", ", against));
    }
  }

  /** Turns what is known of a sealed share into a row of a score sheet. */
  interface LimitUpSheet {
    ScoreSheet.Row empty();

    ScoreSheet.Row row(SealedShare share);
  }

  /** Shares traded the day before the last one of an instrument, {@code NaN} if not known. */
  static double volumeBefore(Panel raw, int instrument) {
    OwnDays days = OwnDays.last(raw, instrument, 2);
    return days.size() < 2 ? Double.NaN : days.values(io.qilin.api.market.Field.VOLUME)[0];
  }
}
