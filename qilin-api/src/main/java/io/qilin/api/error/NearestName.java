package io.qilin.api.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known name that a misspelt one probably meant, so that every "did you mean" of Qilin and of its plugins is
 * judged alike.
 */
public final class NearestName {
  private static final int LONGEST = 32;

  private NearestName() {}

  /**
   * The known name with the fewest letters inserted, dropped or replaced; case does not count, ties go to the first.
   *
   * @return empty if the name is longer than 32 characters or nothing is near: at most one edit for each three letters
   *     begun
   */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<String> nearest = Optional.empty();
    int fewest = (name.length() + 2) / 3 + 1;
    for (String candidate : known) {
      int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  /**
   * The end of a message that refuses a name: {@code "; did you mean 'close'?"}, or nothing.
   *
   * @param name what was written
   * @param known what could have been meant
   */
  public static String hint(String name, Collection<String> known) {
    return of(name, known)
        .map(near -> "; did you mean " + QilinException.quote(near) + "?")
        .orElse("");
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
