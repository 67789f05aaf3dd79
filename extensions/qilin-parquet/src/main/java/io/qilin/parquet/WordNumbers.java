package io.qilin.parquet;

import io.qilin.data.table.TextColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the texts of a column of a row group, in the order in which they first come. */
final class WordNumbers {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<byte[]> words = new ArrayList<>();
  private final IdentityHashMap<TextColumn, int[]> columns = new IdentityHashMap<>();
  private long bytes;

  /** The number of the text of a row, which is known. */
  int number(TextColumn column, int row) {
    int[] known = columns.computeIfAbsent(column, WordNumbers::unknown);
    int code = column.code(row);
    if (known[code] < 0) {
      String word = column.words().get(code);
      Integer number = numbers.putIfAbsent(word, words.size());
      if (number == null) {
        number = words.size();
        byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
        words.add(utf8);
        bytes += Integer.BYTES + utf8.length;
      }
      known[code] = number;
    }
    return known[code];
  }

  private static int[] unknown(TextColumn column) {
    int[] numbers = new int[column.words().size()];
    Arrays.fill(numbers, -1);
    return numbers;
  }

  int size() {
    return words.size();
  }

  byte[] word(int number) {
    return words.get(number);
  }

  /** What a dictionary of them takes. */
  long bytes() {
    return bytes;
  }
}
