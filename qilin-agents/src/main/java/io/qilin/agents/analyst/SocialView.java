package io.qilin.agents.analyst;

import io.qilin.api.record.Provenance;
import io.qilin.api.record.SocialPost;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The posts about one share before the moment of decision. */
final class SocialView {
  /** Days before the last one whose number of posts is compared. */
  static final int DAYS = 30;

  /** The fewest of them. */
  static final int FEWEST_DAYS = 10;

  /** The most posts of the last three days whose text is read, the newest. */
  static final int MOST = 500;

  private static final int READ_DAYS = 3;
  private static final long DAY_SECONDS = 86_400;
  private static final double[] LOGS =
      IntStream.range(0, 256).mapToDouble(n -> StrictMath.log(1.0 + n)).toArray();
  private static final double LEAST_DEVIATION = 0.25;
  private static final double LIKED = 4;
  private static final double MOST_LIKED = 2;

  private final int[] posters = new int[DAYS + 1];
  private final Voices all = new Voices();
  private final Voices lastDay = new Voices();
  private final Voices before = new Voices();
  private final Set<Long> texts = new HashSet<>();
  private int read;
  private int readOfLastDay;
  private int newOfLastDay;
  private int repeated;
  private boolean tooMany;
  private int weiboBull;
  private int weiboSided;
  private int forumBull;
  private int forumSided;
  private @Nullable Provenance lastSource;
  private boolean lastIsWeibo;

  private SocialView() {}

  /** What the text of a post says. */
  private record Text(double tone, long letters) {
    static Text of(SocialPost post) {
      PlainText text = PlainText.of(post.title(), post.body());
      return new Text(Tone.of(text), text.letters());
    }
  }

  /** What the posts of a run say; one about several shares is read once. Not thread-safe. */
  static final class Readings {
    private final IdentityHashMap<SocialPost, Text> shared = new IdentityHashMap<>();

    private Text of(SocialPost post) {
      return post.symbols().size() == 1 ? Text.of(post) : shared.computeIfAbsent(post, Text::of);
    }
  }

  /** Who posted what and when, so that one post that was seen twice counts once. */
  private record Seen(String author, String title, String body) {}

  /**
   * @param posts of one share, in the order of their times
   */
  static SocialView of(List<SocialPost> posts, Instant asOf, Readings readings) {
    SocialView view = new SocialView();
    Set<String> ofDay = new HashSet<>();
    Set<Seen> ofMoment = new HashSet<>();
    int day = 0;
    for (int k = posts.size() - 1; k >= 0; k--) {
      SocialPost post = posts.get(k);
      long age = Duration.between(post.eventTime(), asOf).toSeconds() / DAY_SECONDS;
      if (age > DAYS) {
        break;
      }
      if (seenAgain(posts, k, ofMoment)) {
        continue;
      }
      if (age != day) {
        ofDay.clear();
        day = (int) age;
      }
      String author = post.author().map(SocialView::plain).orElse("");
      view.posters[day] += author.isEmpty() || ofDay.add(author) ? 1 : 0;
      if (age < READ_DAYS) {
        view.read(post, readings, author, age == 0);
      }
    }
    return view;
  }

  /** Whether the same post was met with a later count of likes; goes from the newest to the oldest. */
  private static boolean seenAgain(List<SocialPost> posts, int k, Set<Seen> ofMoment) {
    Instant moment = posts.get(k).eventTime();
    boolean first = k + 1 == posts.size() || !posts.get(k + 1).eventTime().equals(moment);
    boolean last = k == 0 || !posts.get(k - 1).eventTime().equals(moment);
    if (first && last) {
      return false;
    }
    if (first) {
      ofMoment.clear();
    }
    SocialPost post = posts.get(k);
    return !ofMoment.add(new Seen(post.author().orElse(""), post.title(), post.body()));
  }

  /** A name as people read it: one form of each letter, no case, no spaces around. */
  private static String plain(String author) {
    boolean simple = true;
    for (int k = 0; k < author.length() && simple; k++) {
      char c = author.charAt(k);
      simple = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return simple
        ? author
        : Normalizer.normalize(author, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .strip();
  }

  private void read(SocialPost post, Readings readings, String author, boolean ofLastDay) {
    if (read == MOST) {
      tooMany = true;
      return;
    }
    read++;
    readOfLastDay += ofLastDay ? 1 : 0;
    Text text = readings.of(post);
    double tone = text.tone();
    if (!texts.add(text.letters())) {
      repeated++;
      return;
    }
    newOfLastDay += ofLastDay ? 1 : 0;
    if (Double.isNaN(tone)) {
      return;
    }
    long liked = post.likes().orElse(0);
    double likes = liked == 0 ? 0 : StrictMath.log10(1.0 + liked) / LIKED;
    double weight = Math.min(MOST_LIKED, 1 + likes);
    all.add(author, tone, weight);
    (ofLastDay ? lastDay : before).add(author, tone, weight);
    count(weibo(post), tone > 0);
  }

  private void count(boolean weibo, boolean bull) {
    weiboSided += weibo ? 1 : 0;
    weiboBull += weibo && bull ? 1 : 0;
    forumSided += weibo ? 0 : 1;
    forumBull += !weibo && bull ? 1 : 0;
  }

  /** Whether a post is from Weibo; mostly the source is the one of the post before. */
  private boolean weibo(SocialPost post) {
    Provenance source = post.source();
    if (!source.equals(lastSource)) {
      lastSource = source;
      String from = source.provider() + ":" + source.origin();
      lastIsWeibo = from.toLowerCase(Locale.ROOT).contains("weibo") || from.contains("微博");
    }
    return lastIsWeibo;
  }

  /** Posts of the last three days, at most 500. */
  int read() {
    return read;
  }

  /** How many of them repeat a text. */
  int repeated() {
    return repeated;
  }

  boolean tooMany() {
    return tooMany;
  }

  /** The voices of the last three days that take a side. */
  Voices voices() {
    return all;
  }

  /** The polarity of the last day less that of the two before; {@code NaN} of too few voices. */
  double change() {
    return lastDay.polarity() - before.polarity();
  }

  /**
   * Which part of the posts are texts of their own, in (0, 1]; {@code NaN} of fewer than five posts.
   */
  double original() {
    return read < Voices.FEWEST ? Double.NaN : (read - repeated) / (double) read;
  }

  /**
   * How unusual the number of posters of the last day is: ln(1 + n) in standard deviations from the
   * mean of the days before, where repeated texts of the last day are taken off and the deviation is
   * at least 0.25.
   *
   * @param days how many days before the source covers; {@code NaN} for fewer than 10
   */
  double z(int days) {
    int known = Math.min(DAYS, days);
    if (known < FEWEST_DAYS || read == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (int k = 1; k <= known; k++) {
      sum += log(posters[k]);
    }
    double mean = sum / known;
    double squares = 0;
    for (int k = 1; k <= known; k++) {
      double off = log(posters[k]) - mean;
      squares += off * off;
    }
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / (known - 1)));
    double own = readOfLastDay == 0 ? 1 : newOfLastDay / (double) readOfLastDay;
    return (StrictMath.log(1.0 + posters[0] * own) - mean) / deviation;
  }

  /** The logarithm of 1 + a number of posters. */
  private static double log(int posters) {
    return posters < LOGS.length ? LOGS[posters] : StrictMath.log(1.0 + posters);
  }

  /** Which part of the posts on Weibo that take a side are for the share. */
  double weiboBull() {
    return weiboSided == 0 ? Double.NaN : weiboBull / (double) weiboSided;
  }

  /** The same of all other posts. */
  double forumBull() {
    return forumSided == 0 ? Double.NaN : forumBull / (double) forumSided;
  }
}
