package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges a share by what large orders bought and sold (主力资金): {@link
 * io.qilin.api.record.MoneyFlowDaily} records.
 *
 * <p>Facts to keep in mind. The classes are sizes of orders, not kinds of investors. When both sides
 * of a trade are sorted, the four classes cancel out, so that medium and small orders are no second
 * evidence and are not read. On a day that closed locked at limit-up or limit-down all trades hit
 * the waiting orders: such days are passed over, and the last one is flagged {@code LIMIT_LOCKED}.
 * There are no thresholds in yuan.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}. M is the net purchase of super-large and large
 * orders, A the day's amount, both in yuan; days are the share's own days of trading that did not
 * close locked. p(x) is the percentile among the A-shares of the day (funds among funds), at least
 * 5.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th><th>needs</th></tr>
 *   <tr><td>main-ratio</td><td>0.20</td><td>M / A, a fraction</td><td>p</td><td>the day</td></tr>
 *   <tr><td>main-z-60d</td><td>0.20</td><td>z: M / A less its mean over the 60 days before, in
 *       sample deviations</td><td>1 / (1 + e<sup>−z</sup>)</td><td>20 of them</td></tr>
 *   <tr><td>flow-3d, flow-5d, flow-10d</td><td>0.10 each</td><td>Σ M of 3, 5, 10 days /
 *       (free-float shares × close)</td><td>p</td><td>each day, float</td></tr>
 *   <tr><td>streak</td><td>0.15</td><td>days running with the same sign of M, with that
 *       sign</td><td>0.5 + raw / 10</td><td>a day</td></tr>
 *   <tr><td>divergence</td><td>0.15</td><td>p(flow-10d) − p(return of 10 days): purchases that the
 *       price has not followed</td><td>(1 + raw) / 2</td><td>both</td></tr>
 * </table>
 *
 * <p>Which records are read: those of one {@link io.qilin.api.record.FlowConvention}, that of the
 * most records of the last day; others are flagged {@code OTHER_CONVENTION}. A restatement replaces
 * what the same origin said before. Two origins that differ by more than 1 % make the day unknown,
 * flag {@code CONTRADICTORY}; flows that exceed the day's amount, or are a thousandth of it, look
 * like another unit and make it unknown too, flag {@code UNITS_SUSPECT}.
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, as fractions: main flow 0.30
 * (above 300 million yuan all, 100 two thirds, 30 a third, 0 a sixth), super-large over amount 0.20
 * (above 0.25 all, 0.15 three quarters, 0.08 two fifths), days of inflow 0.20 (5 all, 3 three
 * quarters, 2 a half, 1 a quarter), northbound 0.15 (above 50 million all, 10 two thirds, 0 a
 * third; not published after 2024-08-19), sector 0.15, which needs a table of sectors and is never
 * known. The original reads the vendor's percent as a fraction; here ratios are made from yuan.
 *
 * <p>Shares that did not trade on the day are left out. Immutable apart from the {@link
 * LimitUpMemo}; safe to share.
 */
public final class MoneyFlowAnalyst implements ConfiguredAnalyst {
  /** {@code money-flow}. */
  public static final String ID = "money-flow";

  static final ScoreSheet SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("main-ratio", "fraction", 200, "money-flow"),
          new ScoreSheet.Part("main-z-60d", "deviations", 200, "money-flow"),
          new ScoreSheet.Part("flow-3d", "fraction", 100, "money-flow"),
          new ScoreSheet.Part("flow-5d", "fraction", 100, "money-flow"),
          new ScoreSheet.Part("flow-10d", "fraction", 100, "money-flow"),
          new ScoreSheet.Part("streak", "days", 150, "money-flow"),
          new ScoreSheet.Part("divergence", "1", 150, "money-flow, bars")));

  static final ScoreSheet LEGACY_SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("main", "yuan", 300, "money-flow"),
          new ScoreSheet.Part("super-large", "fraction", 200, "money-flow"),
          new ScoreSheet.Part("inflow-days", "days", 200, "money-flow"),
          new ScoreSheet.Part("sector", "yuan", 150, "none"),
          new ScoreSheet.Part("northbound", "yuan", 150, "money-flow")));

  private static final int RATIO = 0;
  private static final int Z = 1;
  private static final int FLOW_3 = 2;
  private static final int FLOW_5 = 3;
  private static final int FLOW_10 = 4;
  private static final int STREAK = 5;
  private static final int DIVERGENCE = 6;

  private final Preset preset;
  private final LimitUpMemo memo;

  /** The analyst with its standard formulas. */
  public MoneyFlowAnalyst() {
    this(Preset.STANDARD, new LimitUpMemo());
  }

  /**
   * The analyst with the formulas of a preset.
   *
   * @param memo limit-up facts shared with other analysts of the desk
   */
  public MoneyFlowAnalyst(Preset preset, LimitUpMemo memo) {
    this.preset = Objects.requireNonNull(preset, "preset");
    this.memo = Objects.requireNonNull(memo, "memo");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Money flow (主力资金)";
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
    FlowDays.Market market = new FlowDays.Market(snapshot, memo.of(snapshot));
    int[] traded = CrossSection.traded(snapshot);
    ScoreSheet.Row[] rows = new ScoreSheet.Row[traded.length];
    double[] momentum = new double[traded.length];
    for (int k = 0; k < traded.length; k++) {
      FlowDays days = market.of(traded[k]);
      momentum[k] = days.momentum();
      rows[k] = preset == Preset.LEGACY ? legacy(days) : measure(snapshot, traded[k], days);
      days.flags().forEach(rows[k]::flag);
      days.warnings().forEach(rows[k]::warn);
    }
    if (preset == Preset.STANDARD) {
      rank(snapshot, traded, rows, momentum);
    }
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int k = 0; k < traded.length; k++) {
      Symbol symbol = snapshot.raw().symbols().get(traded[k]);
      opinions.put(symbol, rows[k].opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  private static ScoreSheet.Row measure(MarketSnapshot snapshot, int i, FlowDays days) {
    Symbol symbol = snapshot.raw().symbols().get(i);
    double close = snapshot.raw().value(Field.CLOSE, i, snapshot.raw().days().size() - 1);
    double worth = new ShareStatus(snapshot, symbol).floatShares(snapshot.day()) * close;
    double z = days.z();
    double streak = days.streak();
    return SHEET
        .row()
        .set(RATIO, days.ratioToday(), Double.NaN)
        .set(Z, z, 1 / (1 + StrictMath.exp(-z)))
        .set(FLOW_3, days.sum(3) / worth, Double.NaN)
        .set(FLOW_5, days.sum(5) / worth, Double.NaN)
        .set(FLOW_10, days.sum(10) / worth, Double.NaN)
        .set(STREAK, streak, 0.5 + streak / 10);
  }

  /** Turns what is compared among shares into percentiles within each group of instruments. */
  private static void rank(
      MarketSnapshot snapshot, int[] traded, ScoreSheet.Row[] rows, double[] momentum) {
    int[] group = CrossSection.groups(snapshot, traded);
    for (int part : new int[] {RATIO, FLOW_3, FLOW_5, FLOW_10}) {
      double[] raw = new double[rows.length];
      for (int k = 0; k < raw.length; k++) {
        raw[k] = rows[k].raw(part);
      }
      double[] percentiles = CrossSection.percentiles(raw, group);
      for (int k = 0; k < raw.length; k++) {
        rows[k].set(part, raw[k], percentiles[k]);
      }
      if (part == FLOW_10) {
        double[] risen = CrossSection.percentiles(momentum, group);
        for (int k = 0; k < raw.length; k++) {
          double off = percentiles[k] - risen[k];
          rows[k].set(DIVERGENCE, off, (1 + off) / 2);
        }
      }
    }
  }

  private static ScoreSheet.Row legacy(FlowDays days) {
    double main = days.mainToday();
    double large = days.superLargeRatio();
    double streak = days.streak();
    double north = days.northbound();
    return LEGACY_SHEET
        .row()
        .set(0, main, Points.above(main, 0, 3e8, 1, 1e8, 20 / 30.0, 3e7, 10 / 30.0, 0, 5 / 30.0))
        .set(1, large, Points.above(large, 0, 0.25, 1, 0.15, 0.75, 0.08, 0.4))
        .set(2, streak, Points.from(streak, 0, 5, 1, 3, 0.75, 2, 0.5, 1, 0.25))
        .set(4, north, Points.above(north, 0, 5e7, 1, 1e7, 10 / 15.0, 0, 5 / 15.0));
  }
}
