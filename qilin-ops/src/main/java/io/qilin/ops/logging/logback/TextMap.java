package io.qilin.ops.logging.logback;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of texts in a line: its names differ, it has at most 64 members, and it says how long they all were. */
final class TextMap {
  private static final int MOST = 64;

  /** The most characters of a name. */
  private static final int NAME = 1_024;

  /** Less room than this is not worth a member. */
  private static final int ROOM = 128;

  private final LineBuffer out;
  private Set<String> names = Set.of();
  private Extent was = Extent.NONE;
  private int count;

  TextMap(LineBuffer out, String name) {
    this.out = out;
    out.raw(",\"").raw(name).raw("\":{");
  }

  void put(@Nullable String name, @Nullable String value) {
    String key = name == null ? "" : name;
    String text = value == null ? "" : value;
    was = was.plus(Extent.of(key)).plus(Extent.of(text));
    String shown = paired(HeldText.cut(key, NAME));
    // Each name is there whole or not at all, so that no two become the same: an escape takes six
    // bytes. Only those that are there are known, so that many alike take no time.
    if (count == MOST || out.room() < 6 * shown.length() + ROOM) {
      was = was.cutIf(true);
      return;
    }
    if (count == 0) {
      names = new HashSet<>();
    }
    String unique = unique(shown);
    out.raw(count == 0 ? "" : ",");
    count++;
    out.text(unique, 6 * unique.length());
    out.raw(":");
    was = was.cutIf(!out.text(text) || key.length() > NAME);
  }

  /** A name that no member has yet and that there is room for; one that is long or taken gets a number. */
  private String unique(String shown) {
    String name = shown;
    for (int i = 2; !names.add(name); i++) {
      name = shown + "#" + i;
    }
    return name;
  }

  /** Without lone surrogates, which readers of JSON refuse in names even when they are escaped. */
  private static String paired(String name) {
    StringBuilder out = null;
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      if (Character.getType(c) == Character.SURROGATE) {
        out = out == null ? new StringBuilder(name) : out;
        out.setCharAt(i, '\ufffd');
      }
      i += Character.charCount(c);
    }
    return out == null ? name : out.toString();
  }

  /**
   * Ends the object.
   *
   * @param before what is known of the length before this line was begun
   * @return the longer of the two lengths, cut if either was
   */
  Extent close(Extent before) {
    out.raw("}");
    return was.orLonger(before);
  }
}
