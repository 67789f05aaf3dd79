package io.qilin.examples;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant to type. */
final class Nearest {
  /** Longer words are no slips of the hand; the bound also keeps the search short. */
  private static final int LONGEST = 40;

  private Nearest() {}

  /** The known word with the fewest edits from the typed one, if they are at most two or a third of its length. */
  static Optional<String> to(String typed, Collection<String> known) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    String best = "";
    int fewest = Math.max(2, typed.length() / 3) + 1;
    for (String word : known) {
      int edits = edits(typed, word);
      if (edits < fewest) {
        fewest = edits;
        best = word;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Levenshtein's distance: insertions, deletions and replacements of single characters. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
