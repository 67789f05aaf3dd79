package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.SocialPost;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges a share by what people post about it (股吧, 微博): {@link SocialPost} records up to the moment
 * of decision, in days of 24 hours before it.
 *
 * <p>What is read. Of the last three days the newest 500 posts of a share: their tone by phrases in
 * Chinese and English with negation. An author is one voice, with the mean tone of the posts and a
 * weight of 1 + log<sub>10</sub>(1 + likes) / 4, at most 2; names are compared as people read them
 * (NFKC, no case). A text that was there already, apart from digits, signs and spaces, is no further
 * voice, whoever repeats it; a post without an author is half a voice. A post that was seen several
 * times counts once, with its last likes. The texts are data and bounded as those of {@link
 * NewsAnalyst}.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}; value on [0, 1], higher is better.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th><th>needs</th></tr>
 *   <tr><td>polarity</td><td>0.45</td><td>Σ w tone / (Σ w + 10) over the voices of three
 *       days</td><td>(1 + raw) / 2; 0.5 at an extreme</td><td>5 voices that take a side</td></tr>
 *   <tr><td>volume-z</td><td>0.20</td><td>z of ln(1 + posters of the last day) against the 10 to 30
 *       days before; repeated texts taken off; deviation at least 0.25</td><td>1 / (1 +
 *       e<sup>−z</sup>) up to z = 2, beyond it 1 / (1 + e<sup>z − 4</sup>): crowds that are too loud
 *       fade</td><td>posts that go back 10 days</td></tr>
 *   <tr><td>original</td><td>0.20</td><td>texts of their own / posts</td><td>raw</td><td>5
 *       posts</td></tr>
 *   <tr><td>change</td><td>0.15</td><td>polarity of the last day less that of the two
 *       before</td><td>0.5 + raw / 2</td><td>5 voices in each</td></tr>
 * </table>
 *
 * <p>Fewer than 5 voices are no data, and the analyst abstains. At an extreme, 30 voices or more with
 * a mean tone of 0.8 or more in either direction, the crowd is no evidence of its own opinion: flag
 * {@code CONTRARIAN}, and the polarity earns nothing. Further flags: {@code REPEATED} (half of the
 * posts or more repeat a text), {@code TOO_MANY}.
 *
 * <p>{@link Preset#LEGACY} follows the table of qilin_stack, as fractions: good news 0.30 (a half each,
 * items of {@link NewsAnalyst}), share of posts for the share on Weibo 0.30 and elsewhere 0.30, posts
 * / 5,000 0.10. The original invents data where it has none and calls the score a probability; here
 * parts without data are dropped, and nothing is called so.
 *
 * <p>Shares that did not trade on the day are left out. Immutable; safe to share.
 */
public final class SocialAnalyst implements ConfiguredAnalyst {
  /** {@code social}. */
  public static final String ID = "social";

  static final ScoreSheet SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("polarity", "1", 450, "posts"),
          new ScoreSheet.Part("volume-z", "deviations", 200, "posts"),
          new ScoreSheet.Part("original", "fraction", 200, "posts"),
          new ScoreSheet.Part("change", "1", 150, "posts")));

  static final ScoreSheet LEGACY_SHEET = new ScoreSheet(
      ID,
      List.of(
          new ScoreSheet.Part("good-news", "items", 300, "news"),
          new ScoreSheet.Part("weibo", "fraction", 300, "posts"),
          new ScoreSheet.Part("forum", "fraction", 300, "posts"),
          new ScoreSheet.Part("posts", "posts", 100, "posts")));

  private static final int CROWD = 30;
  private static final double EXTREME = 0.8;
  private static final double LOUD = 2;

  private final Preset preset;

  /** The analyst with its standard formulas. */
  public SocialAnalyst() {
    this(Preset.STANDARD);
  }

  /** The analyst with the formulas of a preset. */
  public SocialAnalyst(Preset preset) {
    this.preset = Objects.requireNonNull(preset, "preset");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Social media (社交情绪)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    Instant asOf = snapshot.asOf();
    int covered = daysCovered(snapshot.records().all(SocialPost.class), asOf);
    NewsView.Readings news = new NewsView.Readings();
    SocialView.Readings texts = new SocialView.Readings();
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int i : CrossSection.traded(snapshot)) {
      Symbol symbol = snapshot.raw().symbols().get(i);
      List<SocialPost> posts = snapshot.records().of(SocialPost.class, symbol);
      SocialView view = SocialView.of(posts, asOf, texts);
      ScoreSheet.Row row = preset == Preset.LEGACY
          ? legacy(view, news(snapshot, symbol, news))
          : standard(view, covered);
      mark(view, row);
      opinions.put(symbol, row.opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  /** Whole days before the last one over which there are posts about anything. */
  private static int daysCovered(List<SocialPost> all, Instant asOf) {
    return all.isEmpty()
        ? 0
        : (int) Math.min(
            SocialView.DAYS, Duration.between(all.get(0).eventTime(), asOf).toDays() - 1);
  }

  private static NewsView news(MarketSnapshot snapshot, Symbol symbol, NewsView.Readings readings) {
    return NewsView.of(snapshot.records().of(NewsItem.class, symbol), snapshot.asOf(), readings);
  }

  private static ScoreSheet.Row standard(SocialView view, int covered) {
    double polarity = view.voices().polarity();
    double z = view.z(covered);
    double original = view.original();
    double change = view.change();
    double value = extreme(view) ? 0.5 : (1 + polarity) / 2;
    return SHEET
        .row()
        .set(0, polarity, value)
        .set(1, z, attention(z))
        .set(2, original, original)
        .set(3, change, 0.5 + change / 2);
  }

  /** What an unusual number of posters is worth. */
  static double attention(double z) {
    return 1 / (1 + StrictMath.exp(z <= LOUD ? -z : z - 2 * LOUD));
  }

  private static boolean extreme(SocialView view) {
    return view.voices().count() >= CROWD && Math.abs(view.voices().mean()) >= EXTREME;
  }

  private static ScoreSheet.Row legacy(SocialView view, NewsView news) {
    ScoreSheet.Row row = LEGACY_SHEET.row();
    if (!news.told().isEmpty()) {
      long good = news.told().stream().filter(one -> one.reading().good() > 0).count();
      row.set(0, (double) good, good / 2.0);
    }
    row.set(1, view.weiboBull(), view.weiboBull()).set(2, view.forumBull(), view.forumBull());
    return view.read() == 0 ? row : row.set(3, view.read(), view.read() / 5000.0);
  }

  private static void mark(SocialView view, ScoreSheet.Row row) {
    if (extreme(view)) {
      row.flag("CONTRARIAN")
          .warn(view.voices().count() + " voices agree nearly all: their opinion is not used");
    }
    if (view.read() >= Voices.FEWEST && 2 * view.repeated() >= view.read()) {
      row.flag("REPEATED").warn(view.repeated() + " of " + view.read() + " posts repeat a text");
    }
    if (view.tooMany()) {
      row.flag("TOO_MANY").warn("only the newest " + SocialView.MOST + " posts were read");
    }
  }
}
