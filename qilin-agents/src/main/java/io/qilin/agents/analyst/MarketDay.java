package io.qilin.agents.analyst;

/**
 * Counts of one day over the shares that traded with a price limit and stood under no risk warning.
 * Filled by {@link MarketDays}, read only afterwards.
 */
final class MarketDay {
  /** A share that was sealed the day before and closes this far down is a loser (大面). */
  static final double LOSS = -0.07;

  private int traded;
  private int sealed;
  private int oneWord;
  private int broken;
  private int down;
  private int advance;
  private int decline;
  private int longestStreak;
  private int highBoards;
  private int sealedBefore;
  private int promoted;
  private int openings;
  private double openPremiums;
  private int followers;
  private double followReturns;
  private int losers;
  private double amount;

  void addMove(double dayReturn, double yuan) {
    traded++;
    advance += dayReturn > 0 ? 1 : 0;
    decline += dayReturn < 0 ? 1 : 0;
    amount += yuan > 0 ? yuan : 0;
  }

  void addSealed(boolean atOnePrice, int streak) {
    sealed++;
    oneWord += atOnePrice ? 1 : 0;
    longestStreak = Math.max(longestStreak, streak);
    highBoards += streak >= 3 ? 1 : 0;
  }

  void addBroken() {
    broken++;
  }

  void addLimitDown() {
    down++;
  }

  void addSealedBefore() {
    sealedBefore++;
  }

  /** A share that was sealed the day before. */
  void addFollower(double openPremium, double dayReturn, boolean sealedAgain) {
    if (Double.isFinite(openPremium)) {
      openings++;
      openPremiums += openPremium;
    }
    if (Double.isFinite(dayReturn)) {
      followers++;
      followReturns += dayReturn;
      losers += dayReturn <= LOSS ? 1 : 0;
    }
    promoted += sealedAgain ? 1 : 0;
  }

  int traded() {
    return traded;
  }

  int sealed() {
    return sealed;
  }

  /** Sealed and not at one price all day (自然涨停). */
  int naturallySealed() {
    return sealed - oneWord;
  }

  int broken() {
    return broken;
  }

  int limitDown() {
    return down;
  }

  int advance() {
    return advance;
  }

  int decline() {
    return decline;
  }

  /** Shares sealed for the third day or more. */
  int highBoards() {
    return highBoards;
  }

  int longestStreak() {
    return longestStreak;
  }

  int losers() {
    return losers;
  }

  /** Yuan traded. */
  double amount() {
    return amount;
  }

  /** (sealed − limit-down) / traded. */
  double breadth() {
    return (sealed - down) / (double) traded;
  }

  /** Rising among rising and falling. */
  double advanceShare() {
    return ratio(advance, advance + decline);
  }

  /** 1 − broken / (sealed + broken). */
  double survival() {
    return sealed + broken == 0 ? Double.NaN : 1 - broken / (double) (sealed + broken);
  }

  /** Those sealed again among those sealed the day before (晋级率). */
  double promotion() {
    return ratio(promoted, sealedBefore);
  }

  /** 1 − losers / those sealed the day before that traded. */
  double unhurt() {
    return followers == 0 ? Double.NaN : 1 - losers / (double) followers;
  }

  /** Mean opening over the reference price, less 1, of those sealed the day before. */
  double openPremium() {
    return openings == 0 ? Double.NaN : openPremiums / openings;
  }

  /** Mean return of those sealed the day before. */
  double followReturn() {
    return followers == 0 ? Double.NaN : followReturns / followers;
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? Double.NaN : part / (double) whole;
  }
}
