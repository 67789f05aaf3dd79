package io.qilin.security.pii;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Names to find in a text, the longest first. */
final class NameDictionary {
  private final boolean[] begins = new boolean[1 << 16];
  private final Set<String> names = new HashSet<>();
  private final int[] lengths;

  private NameDictionary(Set<String> given) {
    TreeSet<Integer> sizes = new TreeSet<>();
    for (String name : given) {
      PlainText plain = PlainText.of(name);
      String kept = new String(plain.chars, 0, plain.length);
      if (!kept.isEmpty()) {
        names.add(kept);
        sizes.add(kept.length());
        begins[kept.charAt(0)] = true;
      }
    }
    lengths = sizes.descendingSet().stream().mapToInt(Integer::intValue).toArray();
  }

  static NameDictionary of(Set<String> names) {
    return new NameDictionary(names);
  }

  /** The length of the name that begins at an index, or 0. */
  int at(char[] c, int n, int start) {
    if (!begins[c[start]]
        || (start > 0 && Alphabet.letter(c[start]) && Alphabet.alphanumeric(c[start - 1]))) {
      return 0;
    }
    for (int length : lengths) {
      int end = start + length;
      boolean fits = end <= n
          && names.contains(new String(c, start, length))
          && !(Alphabet.letter(c[end - 1]) && end < n && Alphabet.alphanumeric(c[end]));
      if (fits) {
        return length;
      }
    }
    return 0;
  }
}
