package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.AuctionTick;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges a share by the opening call auction (集合竞价) of the session to come: {@link AuctionTick}
 * records. It can speak only of a snapshot whose moment of decision lies after 09:25 of a day after
 * the snapshot's; of an earlier one it abstains.
 *
 * <p>The clock decides, not the place in the list: phase A from 09:15:00, in which orders may be
 * cancelled; phase B from 09:20:00 exactly, in which not; the match, the last tick from 09:25:00 on
 * and before 09:30. No queue of orders is public in between, only the virtual match.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}; P is the virtual price, V the virtual match in
 * shares. p(x) is the percentile among the A-shares with an auction (funds among funds), at least 5;
 * shares that closed sealed the day before are compared with one another, unless fewer than 5 are
 * known, and are flagged {@code SEALED_BEFORE}.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1; values are clipped to [0, 1]</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th></tr>
 *   <tr><td>gap</td><td>0.30</td><td>P(09:25) / reference price − 1; the reference is the close, or
 *       ex-right where a {@link io.qilin.api.record.CorporateActionNotice} says so</td>
 *       <td>p</td></tr>
 *   <tr><td>volume-to-day</td><td>0.25</td><td>V(09:25) / volume of the day before
 *       (竞昨比)</td><td>p</td></tr>
 *   <tr><td>drift</td><td>0.20</td><td>P(09:25) / P(09:20) − 1; the first tick of phase B must come
 *       within 30 seconds</td><td>the larger of 0.5 + raw / 0.04 and the part of phase B in which
 *       the price stood at limit-up</td></tr>
 *   <tr><td>imbalance</td><td>0.15</td><td>left-over shares at 09:25, negative for sellers / (V +
 *       left-over)</td><td>(1 + raw) / 2</td></tr>
 *   <tr><td>steadiness</td><td>0.10</td><td>1 − V(09:20) / largest V of phase A: what was
 *       withdrawn, not below 0</td><td>1 − raw</td></tr>
 * </table>
 *
 * <p>Flags: {@code UNBUYABLE} and {@code LIMIT_LOCKED} if the match is at limit-up with buyers left
 * over; {@code GLUED_TO_LIMIT} if the price stood at limit-up for half of phase B; {@code
 * HEAVY_AUCTION} if V(09:25) is at least three times its mean in the auctions of the five days of
 * trading before; {@code UNITS_SUSPECT} if it is fifty times more or less, or if the volume of the
 * day before looks counted in lots: the volume then counts as not known.
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, as fractions: gap 0.30 (5 % all,
 * 3 % two thirds, 1 % a third, 0 a sixth), volume over the day before 0.25 (above 0.15 all, 0.10
 * 0.72, 0.05 two fifths), buyers over sellers 0.20 (above 3 all, 2 three quarters, 1.5 a half, 1 a
 * quarter), volatility 0.15 (below 0.2 % all, 0.5 two thirds, 1 a third), large orders 0.10, which
 * are not public and never known.
 *
 * <p>Immutable apart from the {@link LimitUpMemo}; safe to share.
 */
public final class CallAuctionAnalyst implements ConfiguredAnalyst {
  /** {@code call-auction}. */
  public static final String ID = "call-auction";

  static final ScoreSheet SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("gap", "fraction", 300, "auction"),
          new ScoreSheet.Part("volume-to-day", "fraction", 250, "auction, bars"),
          new ScoreSheet.Part("drift", "fraction", 200, "auction"),
          new ScoreSheet.Part("imbalance", "fraction", 150, "auction"),
          new ScoreSheet.Part("steadiness", "fraction", 100, "auction")));

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final int GAP = 0;
  private static final int VOLUME = 1;
  private static final int EARLIER_AUCTIONS = 5;
  private static final double HEAVY = 3;
  private static final double ABSURD = 50;

  private final Preset preset;
  private final LimitUpMemo memo;

  /** The analyst with its standard formulas. */
  public CallAuctionAnalyst() {
    this(Preset.STANDARD, new LimitUpMemo());
  }

  /**
   * The analyst with the formulas of a preset.
   *
   * @param memo limit-up facts shared with other analysts of the desk
   */
  public CallAuctionAnalyst(Preset preset, LimitUpMemo memo) {
    this.preset = Objects.requireNonNull(preset, "preset");
    this.memo = Objects.requireNonNull(memo, "memo");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Call auction (集合竞价)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.qilin.api.error.QilinException DATA_NOT_FOUND if the raw bars lack open, high, low or
   *     close
   */
  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    LimitUpFacts facts = memo.of(snapshot);
    LocalDate session = LocalDate.ofInstant(snapshot.asOf(), SHANGHAI);
    boolean ahead = session.isAfter(snapshot.day()) && snapshot.records().has(AuctionTick.class);
    int[] traded = CrossSection.traded(snapshot);
    ScoreSheet.Row[] rows = new ScoreSheet.Row[traded.length];
    boolean[] sealed = new boolean[traded.length];
    int last = snapshot.raw().days().size() - 1;
    MarketRuleBook book = MarketRuleBook.aShare();
    Optional<DatedRules> rules =
        session.isBefore(book.firstDay()) ? Optional.empty() : Optional.of(book.at(session));
    for (int k = 0; k < traded.length; k++) {
      sealed[k] = ahead && facts.sealed(traded[k], last);
      rows[k] = ahead
          ? row(snapshot, traded[k], session, rules)
          : empty().warn("there is no auction after " + snapshot.day() + " yet");
      if (sealed[k]) {
        rows[k].flag("SEALED_BEFORE");
      }
    }
    if (ahead && preset == Preset.STANDARD) {
      int[] group = CrossSection.groups(snapshot, traded);
      rank(rows, GAP, group, sealed);
      rank(rows, VOLUME, group, sealed);
    }
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int k = 0; k < traded.length; k++) {
      Symbol symbol = snapshot.raw().symbols().get(traded[k]);
      opinions.put(symbol, rows[k].opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  private ScoreSheet.Row empty() {
    return preset == Preset.LEGACY ? LegacyAuction.SHEET.row() : SHEET.row();
  }

  private ScoreSheet.Row row(
      MarketSnapshot snapshot, int i, LocalDate session, Optional<DatedRules> rules) {
    Symbol symbol = snapshot.raw().symbols().get(i);
    List<AuctionTick> ticks = snapshot.records().of(AuctionTick.class, symbol);
    if (ticks.isEmpty()) {
      return empty();
    }
    SessionOpening opening = SessionOpening.of(snapshot, i, session, rules);
    AuctionFacts auction = AuctionFacts.of(ticks, session, opening.limits());
    double gap = auction.price() / opening.reference() - 1;
    double yesterday = yesterday(snapshot.raw(), i);
    double before = meanMatch(ticks, snapshot.raw(), i);
    double heavy = auction.matched() / before;
    boolean absurd = heavy > ABSURD || heavy < 1 / ABSURD;
    boolean lots = yesterday < 0;
    double share = absurd || lots || yesterday == 0 ? Double.NaN : auction.matched() / yesterday;
    ScoreSheet.Row row =
        preset == Preset.LEGACY ? LegacyAuction.row(auction, gap, share) : row(auction, gap, share);
    flag(row, auction, opening);
    if (absurd || lots) {
      row.flag(SealRecords.UNITS);
      row.warn(
          lots
              ? "the volume of the day before looks counted in lots; it is not used"
              : "the auction's volume is far from that of other days; it is not used");
    } else if (heavy >= HEAVY) {
      row.flag("HEAVY_AUCTION");
    }
    return row;
  }

  private static ScoreSheet.Row row(AuctionFacts auction, double gap, double share) {
    double drift = auction.drift();
    double imbalance = auction.imbalance();
    double withdrawn = auction.withdrawn();
    return SHEET
        .row()
        .set(GAP, gap, Double.NaN)
        .set(VOLUME, share, Double.NaN)
        .set(2, drift, Math.max(0.5 + 25 * drift, auction.timeAtLimit()))
        .set(3, imbalance, (1 + imbalance) / 2)
        .set(4, withdrawn, 1 - withdrawn);
  }

  private static void flag(ScoreSheet.Row row, AuctionFacts auction, SessionOpening opening) {
    boolean atLimit =
        opening.limits().filter(limits -> limits.isUp(auction.price())).isPresent();
    if (atLimit && auction.signedRest() > 0) {
      row.flag("UNBUYABLE");
      row.flag("LIMIT_LOCKED");
    }
    if (auction.timeAtLimit() >= 0.5) {
      row.flag("GLUED_TO_LIMIT");
    }
    if (Double.isNaN(opening.reference())) {
      row.warn("announcements of the session's corporate action contradict each other");
    }
    if (Double.isNaN(auction.price())) {
      row.warn("no tick of the match at 09:25 is known");
    }
  }

  /** Shares traded on the last day; −1 if they look counted in lots, {@code NaN} if not known. */
  private static double yesterday(Panel raw, int i) {
    int last = raw.days().size() - 1;
    double volume = raw.has(Field.VOLUME) ? raw.value(Field.VOLUME, i, last) : Double.NaN;
    double amount = raw.has(Field.AMOUNT) ? raw.value(Field.AMOUNT, i, last) : Double.NaN;
    return amount > ABSURD * volume * raw.value(Field.CLOSE, i, last) ? -1 : volume;
  }

  /** The mean match of the auctions of the five days of trading before; {@code NaN} if one lacks. */
  private static double meanMatch(List<AuctionTick> ticks, Panel raw, int i) {
    int last = raw.days().size() - 1;
    if (last + 1 < EARLIER_AUCTIONS || !earlier(ticks, raw.days().get(last))) {
      return Double.NaN;
    }
    double sum = 0;
    int found = 0;
    for (int d = last; d >= raw.firstRow(i) && found < EARLIER_AUCTIONS; d--) {
      double volume = raw.has(Field.VOLUME) ? raw.value(Field.VOLUME, i, d) : Double.NaN;
      if (!(volume <= 0) && raw.value(Field.CLOSE, i, d) > 0) {
        sum += AuctionFacts.of(ticks, raw.days().get(d), Optional.empty()).matched();
        found++;
      }
    }
    return found < EARLIER_AUCTIONS ? Double.NaN : sum / EARLIER_AUCTIONS;
  }

  private static boolean earlier(List<AuctionTick> ticks, LocalDate day) {
    return !LocalDate.ofInstant(ticks.get(0).eventTime(), SHANGHAI).isAfter(day);
  }

  /** Turns a part into percentiles, apart for shares that were sealed where there are enough. */
  private static void rank(ScoreSheet.Row[] rows, int part, int[] group, boolean[] sealed) {
    double[] raw = new double[rows.length];
    int[] apart = new int[rows.length];
    int known = 0;
    for (int k = 0; k < raw.length; k++) {
      raw[k] = rows[k].raw(part);
      known += sealed[k] && !Double.isNaN(raw[k]) ? 1 : 0;
      apart[k] = sealed[k] ? 1 : 0;
    }
    double[] all = CrossSection.percentiles(raw, group);
    double[] among = known < CrossSection.MIN_NAMES ? all : CrossSection.percentiles(raw, apart);
    double[] rest = known < CrossSection.MIN_NAMES ? all : without(raw, group, sealed);
    for (int k = 0; k < raw.length; k++) {
      rows[k].set(part, raw[k], sealed[k] ? among[k] : rest[k]);
    }
  }

  private static double[] without(double[] raw, int[] group, boolean[] sealed) {
    double[] others = raw.clone();
    for (int k = 0; k < others.length; k++) {
      others[k] = sealed[k] ? Double.NaN : others[k];
    }
    return CrossSection.percentiles(others, group);
  }
}
