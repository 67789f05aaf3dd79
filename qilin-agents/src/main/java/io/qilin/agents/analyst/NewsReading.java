package io.qilin.agents.analyst;

/**
 * What one text tells: its events, and which of them it denies. An event of the title counts with
 * its full strength, one of the body alone with half of it, each once. An event that is denied
 * counts the other way: a good one as bad as it is good, a bad one half as good as it is bad. The
 * strengths s of one direction together are 1 − Π (1 − s). Immutable.
 */
final class NewsReading {
  private static final NewsEvent[] EVENTS = NewsEvent.values();
  private static final double IN_BODY = 0.5;
  private static final double RELIEF = 0.5;
  private static final int NEAR = 10;

  private final PlainText text;
  private long told;
  private long denied;
  private double notGood = 1;
  private double notBad = 1;

  private NewsReading(PlainText text) {
    this.text = text;
  }

  static NewsReading of(String title, String body) {
    NewsReading reading = new NewsReading(PlainText.of(title, body));
    NewsEvent.all().read(reading.text, reading::add);
    return reading;
  }

  private void add(int event, boolean inTitle, boolean isDenied) {
    long bit = 1L << event;
    if (((isDenied ? denied : told) & bit) != 0) {
      return;
    }
    told |= isDenied ? 0 : bit;
    denied |= isDenied ? bit : 0;
    double impact = EVENTS[event].impact() * (inTitle ? 1 : IN_BODY);
    double effect = !isDenied ? impact : impact > 0 ? -impact : -RELIEF * impact;
    notGood *= effect > 0 ? 1 - effect : 1;
    notBad *= effect < 0 ? 1 + effect : 1;
  }

  boolean any() {
    return (told | denied) != 0;
  }

  /** How much good it tells, in [0, 1]. */
  double good() {
    return 1 - notGood;
  }

  /** How much bad it tells, in [0, 1]. */
  double bad() {
    return 1 - notBad;
  }

  /** Good less bad, in [−1, 1]. */
  double direction() {
    return notBad - notGood;
  }

  @SuppressWarnings("EnumOrdinal") // bits of a set
  boolean tells(NewsEvent event) {
    return ((told >> event.ordinal()) & 1) != 0;
  }

  /** Whether it denies an event that the other tells, or tells one that the other denies. */
  boolean contradicts(NewsReading other) {
    long no = denied & ~told & other.told;
    long yes = told & ~denied & other.denied;
    return (no | yes) != 0;
  }

  /** Whether it tells an event that depends on an amount. */
  @SuppressWarnings("EnumOrdinal") // bits of a set
  boolean dependsOnAmount() {
    for (NewsEvent event : EVENTS) {
      if (event.amountMatters() && (((told | denied) >> event.ordinal()) & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The largest amount that it tells in yuan; {@code NaN} if none. */
  double amount() {
    return Amounts.largest(text);
  }

  /** Whether it says the same as another, in nearly the same words. */
  boolean repeats(NewsReading other) {
    return told == other.told
        && denied == other.denied
        && Long.bitCount(words() ^ other.words()) <= NEAR;
  }

  private long words() {
    return SimHash.of(text);
  }
}
