package io.qilin.mlops.dataset;

import java.util.Arrays;

/** The median by selection: Hoare's algorithm with the middle of three, and a sort where it makes no progress. */
final class Medians {
  private static final int SMALL = 16;

  private Medians() {}

  /**
   * The median of the first values, none of which is NaN; of an even number the mean of the middle two. NaN of none.
   *
   * @param values changed: put into another order
   */
  static double of(double[] values, int count) {
    if (count == 0) {
      return Double.NaN;
    }
    int middle = count / 2;
    double upper = select(values, count, middle);
    if (count % 2 != 0) {
      return upper;
    }
    double lower = values[0];
    for (int i = 1; i < middle; i++) {
      lower = Math.max(lower, values[i]);
    }
    return (lower + upper) / 2;
  }

  /** The value that stands at a place when sorted; all before it are at most as large, all after it at least. */
  private static double select(double[] values, int count, int place) {
    int low = 0;
    int high = count - 1;
    int bad = 0;
    while (high - low >= SMALL && bad < SMALL) {
      double pivot = middle(values[low], values[low + (high - low) / 2], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      int was = high - low;
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        return values[place];
      }
      if (high - low > was - was / 8) {
        bad++;
      }
    }
    Arrays.sort(values, low, high + 1);
    return values[place];
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
