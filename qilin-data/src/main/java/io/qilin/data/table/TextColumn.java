package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts, each a number in a list of words: rows of one text share one word. */
public final class TextColumn implements Column {
  /** The code of a text that is not known. */
  public static final int UNKNOWN = -1;

  private final int[] codes;
  private final List<String> words;
  private final int missing;

  private TextColumn(int[] codes, List<String> words) {
    this.codes = codes;
    this.words = words;
    int unknown = 0;
    for (int code : codes) {
      unknown += code == UNKNOWN ? 1 : 0;
    }
    this.missing = unknown;
  }

  /**
   * A column from codes and words, which are copied.
   *
   * @param codes for each row a place in the words, or {@link #UNKNOWN}
   * @param words the texts; one may come twice, and some may stand in no row
   * @throws QilinException INVALID_ARGUMENT for a code that is no place in the words
   */
  public static TextColumn of(int[] codes, List<String> words) {
    List<String> copy = List.copyOf(words);
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < UNKNOWN || codes[row] >= copy.size()) {
        throw QilinException.invalid("row " + row + " has the code " + codes[row]
            + ", but there are " + copy.size() + " words");
      }
    }
    return new TextColumn(codes.clone(), copy);
  }

  /**
   * A column from its texts.
   *
   * @param texts null for a text that is not known; an empty one is known
   */
  public static TextColumn of(List<? extends @Nullable String> texts) {
    Map<String, Integer> places = new HashMap<>();
    List<String> words = new ArrayList<>();
    int[] codes = new int[texts.size()];
    int row = 0;
    for (String text : texts) {
      if (text == null) {
        codes[row++] = UNKNOWN;
        continue;
      }
      Integer place = places.putIfAbsent(text, words.size());
      if (place == null) {
        place = words.size();
        words.add(text);
      }
      codes[row++] = place;
    }
    return new TextColumn(codes, List.copyOf(words));
  }

  @Override
  public ColumnType type() {
    return ColumnType.TEXT;
  }

  @Override
  public int rows() {
    return codes.length;
  }

  @Override
  public boolean isKnown(int row) {
    return codes[row] != UNKNOWN;
  }

  @Override
  public int missing() {
    return missing;
  }

  /** The place of the row's text in {@link #words}, or {@link #UNKNOWN}. */
  public int code(int row) {
    return codes[row];
  }

  /** The words that the codes stand for. */
  public List<String> words() {
    return words;
  }

  /** A text, if it is known. */
  public Optional<String> value(int row) {
    Objects.checkIndex(row, codes.length);
    return codes[row] == UNKNOWN ? Optional.empty() : Optional.of(words.get(codes[row]));
  }

  @Override
  public TextColumn select(int[] rows) {
    int[] chosen = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = codes[rows[i]];
    }
    return new TextColumn(chosen, words);
  }
}
