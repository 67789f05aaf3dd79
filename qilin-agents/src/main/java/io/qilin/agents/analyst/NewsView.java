package io.qilin.agents.analyst;

import io.qilin.api.record.NewsItem;
import io.qilin.api.record.SourceTier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The news of one share that still count at the moment of decision, newest first. */
final class NewsView {
  /** The most items of one share that are read, the newest. */
  static final int MOST = 64;

  /** Days after which an item counts no more: seven half-lives. */
  static final int DAYS = 14;

  private static final double HALF_LIFE_DAYS = 2;
  private static final double DAY_SECONDS = 86_400;

  /** An item that counts. */
  record Told(NewsItem item, NewsReading reading, double ageDays, double weight) {
    boolean official() {
      return item.sourceTier() == SourceTier.OFFICIAL;
    }
  }

  /** What the items of a run tell; an item about several shares is read once. Not thread-safe. */
  static final class Readings {
    private final IdentityHashMap<NewsItem, NewsReading> shared = new IdentityHashMap<>();

    NewsReading of(NewsItem item) {
      return item.symbols().size() == 1
          ? NewsReading.of(item.title(), item.body())
          : shared.computeIfAbsent(item, one -> NewsReading.of(one.title(), one.body()));
    }
  }

  private final List<Told> told = new ArrayList<>();
  private int read;
  private int repeated;
  private int overruled;
  private boolean tooMany;
  private double newestDays = Double.NaN;

  private NewsView() {}

  static NewsView of(List<NewsItem> items, Instant asOf, Readings readings) {
    NewsView view = new NewsView();
    for (int k = items.size() - 1; k >= 0 && !view.tooMany; k--) {
      NewsItem item = items.get(k);
      double age = Duration.between(item.eventTime(), asOf).toSeconds() / DAY_SECONDS;
      if (age > DAYS) {
        break;
      }
      view.tooMany = view.read == MOST;
      if (!view.tooMany) {
        view.read++;
        view.newestDays = Double.isNaN(view.newestDays) ? age : view.newestDays;
        view.add(new Told(item, readings.of(item), age, weight(item, age)));
      }
    }
    view.overrule();
    return view;
  }

  private static double weight(NewsItem item, double ageDays) {
    return tier(item.sourceTier())
        * decay(ageDays)
        / Math.sqrt(Math.max(1, item.symbols().size()));
  }

  /** How much the word of a source weighs. */
  static double tier(SourceTier tier) {
    return switch (tier) {
      case OFFICIAL -> 1;
      case MEDIA -> 0.6;
      case SECONDARY -> 0.3;
      case SOCIAL -> 0.1;
    };
  }

  /** What is left of an item's weight after some days: a half after two. */
  static double decay(double ageDays) {
    return StrictMath.pow(2, -ageDays / HALF_LIFE_DAYS);
  }

  /** Adds an item, unless one that weighs more says the same; of equals the earlier one stays. */
  private void add(Told item) {
    if (!item.reading().any()) {
      return;
    }
    for (int k = 0; k < told.size(); k++) {
      Told other = told.get(k);
      if (item.reading().repeats(other.reading())) {
        repeated++;
        boolean better = tier(item.item().sourceTier()) >= tier(other.item().sourceTier());
        told.set(k, better ? item : other);
        return;
      }
    }
    told.add(item);
  }

  /** Drops what others say against the word of the company or an authority, before or since. */
  private void overrule() {
    List<NewsReading> official = new ArrayList<>();
    for (Told one : told) {
      if (one.official()) {
        official.add(one.reading());
      }
    }
    int before = told.size();
    if (!official.isEmpty() && official.size() < before) {
      told.removeIf(one -> !one.official() && anyContradicts(official, one.reading()));
    }
    overruled = before - told.size();
  }

  private static boolean anyContradicts(List<NewsReading> official, NewsReading reading) {
    for (NewsReading word : official) {
      if (word.contradicts(reading)) {
        return true;
      }
    }
    return false;
  }

  /** The items that tell an event, without repetitions. */
  List<Told> told() {
    return told;
  }

  /** How many items there were, with those that tell no event. */
  int read() {
    return read;
  }

  int repeated() {
    return repeated;
  }

  /** How many items an official one contradicts. */
  int overruled() {
    return overruled;
  }

  boolean tooMany() {
    return tooMany;
  }

  /** Age of the newest item in days; {@code NaN} if there is none. */
  double newestDays() {
    return newestDays;
  }

  /**
   * The weighted direction in [−1, 1], drawn to 0 as if an item of weight {@code prior} said
   * nothing.
   *
   * @return {@code NaN} if no item counts
   */
  double direction(boolean officialOnly, double prior) {
    double sum = 0;
    double weights = 0;
    for (Told one : told) {
      if (one.official() || !officialOnly) {
        sum += one.weight() * one.reading().direction();
        weights += one.weight();
      }
    }
    return weights > 0 ? sum / (weights + prior) : Double.NaN;
  }

  /** The worst that one item tells, as it weighs now, in [0, 1]; {@code NaN} if no item counts. */
  double worst() {
    double worst = told.isEmpty() ? Double.NaN : 0;
    for (Told one : told) {
      worst = Math.max(worst, one.weight() * one.reading().bad());
    }
    return worst;
  }

  boolean tells(NewsEvent event) {
    for (Told one : told) {
      if (one.reading().tells(event)) {
        return true;
      }
    }
    return false;
  }
}
