package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for texts, given out in the order in which they come; shared by the threads that judge one table. */
final class TextIds {
  /** So many short texts take about half a gibibyte. */
  private static final int MOST = 4_000_000;

  /** After so many texts it is asked whether to go on. */
  private static final int STEP = 1 << 12;

  private final JudgeOptions options;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> words = new ArrayList<>();

  TextIds(JudgeOptions options) {
    this.options = options;
  }

  /** The numbers of some words. */
  synchronized int[] of(List<String> texts) {
    int[] numbers = new int[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (i % STEP == 0) {
        options.requireGoingOn();
      }
      numbers[i] = of(texts.get(i));
    }
    return numbers;
  }

  private int of(String text) {
    Integer known = ids.get(text);
    if (known != null) {
      return known;
    }
    if (words.size() >= MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a key has more than " + MOST
              + " different texts; judge it by a sketch, see JudgeOptions.sketchKeys");
    }
    ids.put(text, words.size());
    words.add(text);
    return words.size() - 1;
  }

  /** All words so far, by number. */
  synchronized List<String> words() {
    return List.copyOf(words);
  }

  synchronized String word(int id) {
    return words.get(id);
  }
}
