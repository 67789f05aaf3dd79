package io.qilin.core.internal.row;

/**
 * How a window is put together from two shorter ones. The same window is always split in the same way, whatever other
 * windows are there: so a value's bits do not depend on which factors were computed with it. Any window needs at most
 * about 2 log2(w) merges; the usual ones share theirs: 10 = 5 + 5, 20 = 10 + 10, 30 = 10 + 20, 60 = 30 + 30. Most quantities
 * of a {@link ShortWindow} are not merged.
 *
 * @param recent rows of the part that ends with the newest row
 * @param older rows of the part before
 */
record Split(int recent, int older) {
  /** Splits a window of at least two rows. */
  static Split of(int window) {
    int unit = window % 5 == 0 && window > 5 ? 5 : 1;
    int units = window / unit;
    int small = smaller(units);
    return new Split(unit * small, unit * (units - small));
  }

  private static int smaller(int units) {
    int power = Integer.highestOneBit(units);
    if (units == power || units % 4 == 0 || units == 6) {
      return units / 2;
    }
    return units - power;
  }
}
