package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.ThemeMembership;
import io.qilin.core.rules.LimitUpFacts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges whether a share leads its theme (龙头): {@link ThemeMembership} records as of the snapshot,
 * limit-up facts from bars and, where there are any, from order books. Only themes with at least
 * three members that closed sealed are looked at, and only their members are spoken about. An
 * industry is no theme unless somebody says so.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}, within one theme. r(x) is the rank among the
 * members that traded: (below + half of the equal others) / others, 1 for the only best; at least 3
 * must be known. A share of several themes is judged in the one in which it stands best.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th></tr>
 *   <tr><td>height</td><td>0.30</td><td>consecutive sealed days, 0 if not sealed</td>
 *       <td>r</td></tr>
 *   <tr><td>first-seal</td><td>0.20</td><td>minutes of trading to the first seal</td><td>1 − r
 *       among those that sealed; 0 for a member that did not reach the limit</td></tr>
 *   <tr><td>induced</td><td>0.20</td><td>members first sealed within 30 minutes of trading after it
 *       / members sealed later; 0 if none, or if it did not reach the limit</td><td>raw</td></tr>
 *   <tr><td>resilience</td><td>0.15</td><td>mean of the known: days on which a broken seal was closed
 *       again / days on which it broke, of its last 10; r of the return on that of the last 10 days
 *       on which the theme fell the most</td><td>raw</td></tr>
 *   <tr><td>recognition</td><td>0.15</td><td>yuan traded on the day</td><td>r</td></tr>
 * </table>
 *
 * <p>Roles, as flags, known only after others have reacted: {@code MARKET_LEADER} (总龙头: the longest
 * streak of the market, of two days or more; of equals the first sealed), {@code THEME_LEADER} (板块龙头:
 * the sealed member with the best score whose seal somebody followed, or, without times, the only
 * one with the longest streak), {@code CORE} (中军: the largest amount, and no less than the middle
 * float), {@code LATE_STARTER} (补涨: sealed for at most two days where the leader is sealed for three or
 * more), {@code FOLLOWER} (跟风: the other sealed members). {@code NEAR_ABNORMAL}: 0.20 or less is left
 * to a severe abnormal move (+100 % from its board within 10 days, +200 % within 30), after which
 * trading may be halted. {@code UNBUYABLE}: a one-word board.
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, as fractions: place by the day's
 * return in the theme 0.25 (1 all, 2 0.72, 3 0.48, 5 0.24), streak 0.25 (5 all, 3 four fifths, 2
 * three fifths, 1 0.32), news of the last day 0.20 (10 items all, 5 three quarters, 2 a half, 1 a
 * quarter), main money flow 0.15 (above 500 million yuan all, 200 two thirds, 50 a third), and how
 * often it led before 0.15, which nobody records and which is never known. The original looks for
 * the code in titles, which hold names; here an item counts if it names the share.
 *
 * <p>Immutable apart from the {@link LimitUpMemo}; safe to share.
 */
public final class DragonHeadAnalyst implements ConfiguredAnalyst {
  /** {@code dragon-head}. */
  public static final String ID = "dragon-head";

  static final ScoreSheet SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("height", "days", 300, "themes, bars"),
          new ScoreSheet.Part("first-seal", "minutes", 200, "themes, seals"),
          new ScoreSheet.Part("induced", "fraction", 200, "themes, seals"),
          new ScoreSheet.Part("resilience", "1", 150, "themes, bars"),
          new ScoreSheet.Part("recognition", "yuan", 150, "themes, bars")));

  static final ScoreSheet LEGACY_SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("place", "1", 250, "themes, bars"),
          new ScoreSheet.Part("streak", "days", 250, "bars"),
          new ScoreSheet.Part("news", "items", 200, "news"),
          new ScoreSheet.Part("main-flow", "yuan", 150, "money-flow"),
          new ScoreSheet.Part("led-before", "times", 150, "none")));

  private static final int HOT = 3;
  private static final double NEAR = 0.20;

  private final Preset preset;
  private final SealHistory told;
  private final LimitUpMemo memo;

  private DragonHeadAnalyst(Builder from) {
    this.preset = from.preset;
    this.told = new SealHistory(from.seals);
    this.memo = from.memo;
  }

  /** The analyst with its standard formulas. */
  public DragonHeadAnalyst() {
    this(new Builder());
  }

  /** Starts with the standard formulas. */
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

    /** What the order book told beside the snapshot's records; nothing unless set. */
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
    public DragonHeadAnalyst build() {
      return new DragonHeadAnalyst(this);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Dragon head (龙头)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  @Override
  public Map<String, String> inputs(LocalDate day) {
    return told.isEmpty() ? Map.of() : Map.of("seals", told.fingerprint(day));
  }

  /**
   * {@inheritDoc}
   *
   * @throws QilinException DATA_NOT_FOUND if the raw bars lack open, high, low or close
   */
  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    LimitUpFacts facts = memo.of(snapshot);
    if (!snapshot.records().has(ThemeMembership.class)) {
      return Map.of();
    }
    int[] traded = CrossSection.traded(snapshot);
    Seals seals = new Seals(told, memo);
    MarketHeight height = MarketHeight.of(snapshot, facts, seals, traded);
    RegulatoryDistance distance = new RegulatoryDistance(snapshot);
    SortedMap<Symbol, Standing> best = new TreeMap<>();
    Map<Integer, ThemeMember> known = new HashMap<>();
    for (Theme theme : Theme.of(snapshot, traded)) {
      if (theme.members().stream().filter(i -> height.sealed(i)).count() >= HOT) {
        List<ThemeMember> members = new ArrayList<>();
        for (int i : theme.members()) {
          members.add(known.computeIfAbsent(i, k -> new ThemeMember(snapshot, facts, seals, k)));
        }
        judge(snapshot, new ThemeView(snapshot, theme.id(), members), best);
      }
    }
    SortedMap<Symbol, Opinion> opinions = new TreeMap<>();
    best.forEach((symbol, standing) -> {
      flag(standing, height, distance.of(standing.member().instrument()));
      opinions.put(symbol, standing.row().opinion(symbol));
    });
    return Collections.unmodifiableMap(opinions);
  }

  /** How a member stands in a theme. */
  private record Standing(ThemeMember member, ScoreSheet.Row row, String role) {}

  private void judge(MarketSnapshot snapshot, ThemeView theme, SortedMap<Symbol, Standing> best) {
    List<ScoreSheet.Row> rows = new ArrayList<>();
    for (ThemeMember member : theme.members()) {
      rows.add(preset == Preset.LEGACY ? legacy(snapshot, theme, member) : row(theme, member));
    }
    ThemeRoles roles = ThemeRoles.of(theme, rows);
    for (int k = 0; k < rows.size(); k++) {
      ThemeMember member = theme.members().get(k);
      ScoreSheet.Row row = rows.get(k);
      row.warn("judged in the theme " + QilinException.quote(theme.id()) + ", in which "
          + theme.sealedMembers() + " of " + theme.members().size() + " closed sealed");
      if (theme.core(member)) {
        row.flag("CORE");
      }
      Standing standing = new Standing(member, row, roles.role(member));
      best.merge(member.symbol(), standing, DragonHeadAnalyst::better);
    }
  }

  private static Standing better(Standing one, Standing other) {
    return better(one.row(), other.row()) ? one : other;
  }

  /** Whether the first stands at least as well; what can be scored is better than what cannot. */
  private static boolean better(ScoreSheet.Row one, ScoreSheet.Row other) {
    return one.enough() == other.enough() ? !(other.mean() > one.mean()) : one.enough();
  }

  private static ScoreSheet.Row row(ThemeView theme, ThemeMember member) {
    double reseals = member.reseals();
    double worst = theme.worstDayRank(member);
    double resilience =
        Double.isNaN(reseals) ? worst : Double.isNaN(worst) ? reseals : (reseals + worst) / 2;
    double induced = theme.induced(member);
    ScoreSheet.Row row = SHEET.row();
    if (member.fact().beyondLimits()) {
      return row.warn(
          "prices lie beyond the day's limits: bars, status or reference price are wrong");
    }
    return row.set(0, member.streak(), theme.heightRank(member))
        .set(1, member.firstSeal(), theme.sealRank(member))
        .set(2, induced, induced)
        .set(3, resilience, resilience)
        .set(4, member.amount(), theme.amountRank(member));
  }

  private static ScoreSheet.Row legacy(
      MarketSnapshot snapshot, ThemeView theme, ThemeMember member) {
    double place = Double.isNaN(member.dayReturn()) ? Double.NaN : theme.place(member);
    double news = news(snapshot, member.symbol());
    double flow = mainFlow(snapshot, member.symbol());
    return LEGACY_SHEET
        .row()
        .set(0, place, Points.from(-place, 0, -1, 1, -2, 0.72, -3, 0.48, -5, 0.24))
        .set(1, member.streak(), Points.from(member.streak(), 0, 5, 1, 3, 0.8, 2, 0.6, 1, 0.32))
        .set(2, news, Points.from(news, 0, 10, 1, 5, 0.75, 2, 0.5, 1, 0.25))
        .set(3, flow, Points.above(flow, 0, 5e8, 1, 2e8, 10 / 15.0, 5e7, 5 / 15.0));
  }

  /** Items of the 24 hours before the decision that name the share; not known without any news. */
  private static double news(MarketSnapshot snapshot, Symbol symbol) {
    if (!snapshot.records().has(NewsItem.class)) {
      return Double.NaN;
    }
    var since = snapshot.asOf().minusSeconds(24 * 3600);
    return snapshot.records().of(NewsItem.class, symbol).stream()
        .filter(item -> item.eventTime().isAfter(since))
        .count();
  }

  private static double mainFlow(MarketSnapshot snapshot, Symbol symbol) {
    List<MoneyFlowDaily> flows = snapshot.records().of(MoneyFlowDaily.class, symbol);
    boolean today = !flows.isEmpty() && flows.get(flows.size() - 1).date().equals(snapshot.day());
    return today ? flows.get(flows.size() - 1).mainNet() : Double.NaN;
  }

  private static void flag(Standing standing, MarketHeight height, double distance) {
    ScoreSheet.Row row = standing.row();
    if (height.leader(standing.member().instrument())) {
      row.flag("MARKET_LEADER");
    }
    if (!standing.role().isEmpty()) {
      row.flag(standing.role());
    }
    if (standing.member().fact().oneWord()) {
      row.flag("UNBUYABLE");
    }
    if (distance <= NEAR) {
      row.flag("NEAR_ABNORMAL");
      row.warn("only " + Math.round(100 * distance)
          + " percent points are left to a severe abnormal move");
    }
  }
}
