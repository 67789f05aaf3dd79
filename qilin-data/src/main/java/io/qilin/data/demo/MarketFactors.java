package io.qilin.data.demo;

/**
 * What moves many shares at once: the market's and the sectors' return of every day, and how hot each sector is.
 *
 * <p>The market's volatility moves slowly between calm and nervous; on about one day in 400 it falls by 4 % to 7 %. A
 * sector's own return has a small positive autocorrelation, and now and then becomes a theme for some days, on which its
 * shares run to the limit more often.
 */
final class MarketFactors {
  /** How many sectors there are. */
  static final int SECTORS = 12;

  private final double[] market;
  private final double[][] sector;
  private final boolean[][] theme;

  private MarketFactors(double[] market, double[][] sector, boolean[][] theme) {
    this.market = market;
    this.sector = sector;
    this.theme = theme;
  }

  /** The factors of {@code days} days. */
  static MarketFactors of(long seed, int days) {
    double[] market = market(SeededRandom.of(seed, -1), days);
    double[][] sector = new double[SECTORS][days];
    boolean[][] theme = new boolean[SECTORS][days];
    for (int s = 0; s < SECTORS; s++) {
      sector(SeededRandom.of(seed, -2 - s), sector[s], theme[s]);
    }
    return new MarketFactors(market, sector, theme);
  }

  private static double[] market(SeededRandom random, int days) {
    double[] returns = new double[days];
    double nerves = 0;
    for (int t = 0; t < days; t++) {
      nerves = 0.97 * nerves + 0.24 * random.normal();
      double volatility = 0.0095 * Math.max(0.5, 1 + 0.35 * nerves);
      double slump = random.chance(0.0025) ? random.between(0.04, 0.07) : 0;
      returns[t] = -0.0003 + volatility * random.normal() - slump;
    }
    return returns;
  }

  private static void sector(SeededRandom random, double[] returns, boolean[] theme) {
    double before = 0;
    int themeDays = 0;
    for (int t = 0; t < returns.length; t++) {
      if (themeDays == 0 && random.chance(0.012)) {
        themeDays = random.between(3, 8);
      }
      theme[t] = themeDays > 0;
      themeDays = Math.max(0, themeDays - 1);
      before = 0.06 * before + (theme[t] ? 0.006 : 0) + 0.0075 * random.normal();
      returns[t] = before;
    }
  }

  /** Return of the market on the day, a fraction. */
  double market(int day) {
    return market[day];
  }

  /** Return of the sector beyond the market's on the day, a fraction. */
  double sector(int sector, int day) {
    return this.sector[sector][day];
  }

  /** Whether the sector is a theme of the day. */
  boolean isTheme(int sector, int day) {
    return theme[sector][day];
  }
}
