package io.qilin.agents.analyst;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people say of a share: each author is one voice, however many posts, and a text that was
 * there already is no further voice, whoever repeats it. Posts without an author are half a voice
 * each. Not thread-safe.
 */
final class Voices {
  /** The fewest voices that take a side for which a polarity is told. */
  static final int FEWEST = 5;

  private static final double PRIOR = 10;
  private static final double NAMELESS = 0.5;

  private static final class Voice {
    private double tones;
    private double weight;
    private int posts;
  }

  private final Map<String, Voice> named = new LinkedHashMap<>();
  private double namelessTones;
  private int nameless;

  /**
   * Adds a post that takes a side.
   *
   * @param author empty if not known
   * @param tone in [−1, 1]
   * @param weight of the post, positive
   */
  void add(String author, double tone, double weight) {
    if (author.isEmpty()) {
      nameless++;
      namelessTones += NAMELESS * tone;
      return;
    }
    Voice voice = named.computeIfAbsent(author, name -> new Voice());
    voice.tones += tone;
    voice.posts++;
    voice.weight = Math.max(voice.weight, weight);
  }

  int count() {
    return named.size() + nameless;
  }

  /** The mean tone in [−1, 1]; {@code NaN} without voices. */
  double mean() {
    return sum() / weights();
  }

  /** The mean tone drawn to 0 as if ten more took no side; {@code NaN} of fewer than five voices. */
  double polarity() {
    return count() < FEWEST ? Double.NaN : sum() / (weights() + PRIOR);
  }

  private double sum() {
    double sum = namelessTones;
    for (Voice voice : named.values()) {
      sum += voice.weight * voice.tones / voice.posts;
    }
    return sum;
  }

  private double weights() {
    double weights = NAMELESS * nameless;
    for (Voice voice : named.values()) {
      weights += voice.weight;
    }
    return weights;
  }
}
