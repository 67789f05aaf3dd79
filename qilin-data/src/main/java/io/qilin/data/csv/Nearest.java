package io.qilin.data.csv;

import io.qilin.api.error.QilinException;
import java.util.Collection;

/** Finds what a misspelt name was meant to be. */
final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /**
   * {@code "; did you mean 'close'?"}, or nothing if no known name is within two edits.
   *
   * @param name what was written
   * @param known what could have been meant
   */
  static String hint(String name, Collection<String> known) {
    String best = "";
    int least = Math.min(2, name.length() - 1) + 1;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? "" : "; did you mean " + QilinException.quote(best) + "?";
  }

  /** Levenshtein distance; large if one of the names is no name. */
  private static int distance(String a, String b) {
    if (a.length() > LONGEST || b.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
