package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.FundamentalSnapshot;
import io.qilin.api.record.NewsItem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges a share by its announcements and news (公告, 新闻): {@link NewsItem} records of the 14 days
 * before the moment of decision.
 *
 * <p>What is read. Title and body are searched for the phrases of {@link NewsEvent}, in Chinese and
 * English, with negation: {@code 终止收购} and {@code denies acquisition} are no purchases. All events
 * of a text count, good and bad side by side. An item that says the same as another in nearly the
 * same words counts once, as the one whose source weighs most. What the
 * company, an exchange or an authority contradicts is not believed of others, flag {@code
 * RUMOUR_DENIED}. The texts are data: at most
 * 512 characters of a title, 3,584 of a body and 64 items of a share are read, in one pass.
 *
 * <p><b>Weight of an item</b> w = tier (official 1, media 0.6, secondary 0.3, social 0.1) ×
 * 2<sup>−age / 2 days</sup> / √(number of shares it is about). Its direction d is good less bad, each
 * 1 − Π(1 − strength).
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}; value on [0, 1], higher is better.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th><th>needs</th></tr>
 *   <tr><td>direction</td><td>0.45</td><td>Σ w d / (Σ w + 0.5)</td><td>(1 + raw) / 2</td><td>an item
 *       that tells an event</td></tr>
 *   <tr><td>worst</td><td>0.25</td><td>the most that w × bad is for one item</td><td>1 −
 *       raw</td><td>the same</td></tr>
 *   <tr><td>official</td><td>0.15</td><td>the direction of official items alone</td><td>(1 + raw) /
 *       2</td><td>an official item</td></tr>
 *   <tr><td>materiality</td><td>0.15</td><td>amount in the text over the company's revenue of its
 *       last full year, of the item with the largest w × ratio, with the sign of its
 *       direction</td><td>0.5 + 0.5 × decay × sign × clip(1 + log<sub>10</sub>(ratio / 0.5) / 3, 0,
 *       1)</td><td>an amount in yuan, {@link FundamentalSnapshot}</td></tr>
 * </table>
 *
 * <p>Without an item that tells an event the analyst abstains; silence is no good news, and none that
 * is fresh. Flags: {@code NEGATIVE_NEWS} (worst at least 0.3), {@code DELISTING_RISK}, {@code
 * FRAUD_SUSPECTED}, {@code RUMOUR_DENIED}, {@code REPEATED} (near duplicates left out), {@code
 * TOO_MANY}.
 *
 * <p>{@link Preset#LEGACY} follows the keyword table of qilin_stack, whose points add up to 110, as
 * fractions: major words (重组 收购 大单 中标 突破 新高, here the events they stand for) 0.272, a half
 * each; other good events 0.182, a half each; bad events 0.182, less a half each; number of items
 * 0.182 (10 all, 5 three quarters, 2 a half, 1 a quarter); freshness 0.182, the decay of the newest
 * item. The original stops at the first good word, so that bad ones are never seen, and takes 0.5
 * for a freshness that it does not know; here all are counted, and without items all parts are
 * unknown.
 *
 * <p>Shares that did not trade on the day are left out. Immutable; safe to share.
 */
public final class NewsAnalyst implements ConfiguredAnalyst {
  /** {@code news}. */
  public static final String ID = "news";

  static final ScoreSheet SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("direction", "1", 450, "news"),
          new ScoreSheet.Part("worst", "1", 250, "news"),
          new ScoreSheet.Part("official", "1", 150, "news"),
          new ScoreSheet.Part("materiality", "fraction", 150, "news, reports")));

  static final ScoreSheet LEGACY_SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("major", "events", 272, "news"),
          new ScoreSheet.Part("moderate", "events", 182, "news"),
          new ScoreSheet.Part("negative", "events", 182, "news"),
          new ScoreSheet.Part("count", "items", 182, "news"),
          new ScoreSheet.Part("freshness", "1", 182, "news")));

  private static final double PRIOR = 0.5;
  private static final double BAD = 0.3;
  private static final List<NewsEvent> MAJOR =
      List.of(NewsEvent.MERGER, NewsEvent.CONTRACT, NewsEvent.BREAKTHROUGH, NewsEvent.RECORD_HIGH);

  private final Preset preset;

  /** The analyst with its standard formulas. */
  public NewsAnalyst() {
    this(Preset.STANDARD);
  }

  /** The analyst with the formulas of a preset. */
  public NewsAnalyst(Preset preset) {
    this.preset = Objects.requireNonNull(preset, "preset");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "News (新闻公告)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    NewsView.Readings readings = new NewsView.Readings();
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int i : CrossSection.traded(snapshot)) {
      Symbol symbol = snapshot.raw().symbols().get(i);
      List<NewsItem> items = snapshot.records().of(NewsItem.class, symbol);
      NewsView view = NewsView.of(items, snapshot.asOf(), readings);
      ScoreSheet.Row row =
          preset == Preset.LEGACY ? legacy(view) : standard(view, snapshot, symbol);
      mark(view, row);
      opinions.put(symbol, row.opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  private static ScoreSheet.Row standard(NewsView view, MarketSnapshot snapshot, Symbol symbol) {
    double direction = view.direction(false, PRIOR);
    double worst = view.worst();
    double official = view.direction(true, 0);
    ScoreSheet.Row row = SHEET
        .row()
        .set(0, direction, (1 + direction) / 2)
        .set(1, worst, 1 - worst)
        .set(2, official, (1 + official) / 2);
    if (!view.told().isEmpty()) {
      materiality(view, snapshot.records().of(FundamentalSnapshot.class, symbol), row);
    }
    return row;
  }

  private static void materiality(
      NewsView view, List<FundamentalSnapshot> reports, ScoreSheet.Row row) {
    if (reports.isEmpty()) {
      return;
    }
    double revenue = Reports.of(reports).annualRevenue();
    double most = 0;
    for (NewsView.Told one : view.told()) {
      if (one.reading().dependsOnAmount()) {
        double ratio = one.reading().amount() / revenue;
        if (ratio > 0 && one.weight() * ratio > most) {
          most = one.weight() * ratio;
          double sign = Math.signum(one.reading().direction());
          double size = NewsView.decay(one.ageDays()) * materiality(ratio);
          row.set(3, sign * ratio, 0.5 + 0.5 * sign * size);
        }
      }
    }
  }

  /** How much an amount matters, in [0, 1]: 1 from a half of the revenue on, 0 up to 0.05 %. */
  static double materiality(double ratio) {
    return Math.max(0, Math.min(1, 1 + StrictMath.log10(ratio / 0.5) / 3));
  }

  private static ScoreSheet.Row legacy(NewsView view) {
    ScoreSheet.Row row = LEGACY_SHEET.row();
    if (view.read() == 0) {
      return row;
    }
    int major = 0;
    int moderate = 0;
    int bad = 0;
    for (NewsView.Told one : view.told()) {
      boolean great = MAJOR.stream().anyMatch(one.reading()::tells);
      major += great && one.reading().good() > 0 ? 1 : 0;
      moderate += !great && one.reading().good() > 0 ? 1 : 0;
      bad += one.reading().bad() > 0 ? 1 : 0;
    }
    double fresh = NewsView.decay(view.newestDays());
    return row.set(0, major, major / 2.0)
        .set(1, moderate, moderate / 2.0)
        .set(2, bad, 1 - bad / 2.0)
        .set(3, view.read(), Points.from(view.read(), 0, 10, 1, 5, 0.75, 2, 0.5, 1, 0.25))
        .set(4, fresh, fresh);
  }

  private static void mark(NewsView view, ScoreSheet.Row row) {
    if (view.read() > 0 && view.told().isEmpty()) {
      row.warn("none of " + view.read() + " items tells an event that is known");
    }
    if (view.worst() >= BAD) {
      row.flag("NEGATIVE_NEWS");
    }
    if (view.tells(NewsEvent.DELISTING)) {
      row.flag("DELISTING_RISK");
    }
    if (view.tells(NewsEvent.FRAUD)) {
      row.flag("FRAUD_SUSPECTED");
    }
    if (view.overruled() > 0) {
      row.flag("RUMOUR_DENIED").warn(view.overruled() + " items are contradicted officially");
    }
    if (view.repeated() > 0) {
      row.flag("REPEATED");
    }
    if (view.tooMany()) {
      row.flag("TOO_MANY").warn("only the newest " + NewsView.MOST + " items were read");
    }
  }
}
