package io.qilin.data.demo;

/**
 * When a made-up company pays out and how much. Most pay once a year between May and July: 0.5 % to 3 % of the price in
 * cash, one in ten of them also new shares out of reserves (转增).
 */
final class CorporateActions {
  private final SeededRandom random;
  private final boolean pays;
  private int paidYear;
  private int dueDay;

  /** What is due. */
  private long cashMills;

  private int bonusTenths;

  CorporateActions(SeededRandom random) {
    this.random = random;
    this.pays = random.chance(0.8);
  }

  /**
   * Whether the share goes ex-right on the day; if so {@link #cashMills()} and {@link #bonusTenths()} say what for.
   *
   * @param day index of the day
   * @param year its year
   * @param month its month
   * @param previousFen the close before it
   */
  boolean isExDay(int day, int year, int month, long previousFen) {
    if (pays && month == 5 && year != paidYear) {
      paidYear = year;
      dueDay = day + random.between(0, 55);
    }
    if (dueDay == 0 || day < dueDay) {
      return false;
    }
    dueDay = 0;
    cashMills = Math.round(previousFen * random.between(0.005, 0.03)) * 10;
    bonusTenths = random.chance(0.1) ? random.between(2, 5) : 0;
    return cashMills > 0 || bonusTenths > 0;
  }

  /** Cash per share in thousandths of a yuan. */
  long cashMills() {
    return cashMills;
  }

  /** New shares for every ten held. */
  int bonusTenths() {
    return bonusTenths;
  }
}
