package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of a text model, and the numbers in them; every refusal tells the line. Not thread-safe. */
final class LightGbmLines {
  private static final int LONGEST_NUMBER = 40;
  private static final int MOST_KEYS = 64;
  private static final String TREE = "Tree=";

  private final String text;
  private int next;
  private int number;

  LightGbmLines(String text) {
    this.text = text;
  }

  /** The next line that is not empty. */
  private @Nullable String line() {
    while (next < text.length()) {
      int end = text.indexOf('\n', next);
      String line = text.substring(next, end < 0 ? text.length() : end);
      next = end < 0 ? text.length() : end + 1;
      number++;
      if (line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      if (!line.isEmpty()) {
        return line;
      }
    }
    return null;
  }

  /** Looks at the next line without taking it. */
  private String peeked() {
    int at = next;
    int was = number;
    String line = line();
    next = at;
    number = was;
    if (line == null) {
      throw damaged("it ends before 'end of trees'");
    }
    return line;
  }

  void expect(String wanted) {
    if (!wanted.equals(line())) {
      throw damaged("it does not begin with the line " + QilinException.quote(wanted)
          + "; is it a text model of LightGBM?");
    }
  }

  /** The lines until the next tree or the end of the trees. */
  Map<String, String> block() {
    Map<String, String> block = new HashMap<>();
    while (!atEdge(peeked())) {
      String line = Objects.requireNonNull(line());
      int sign = line.indexOf('=');
      String key = sign < 0 ? line : line.substring(0, sign);
      String value = sign < 0 ? "" : line.substring(sign + 1);
      if (block.size() == MOST_KEYS) {
        throw damaged("a block has more than " + MOST_KEYS + " lines");
      }
      if (block.put(key, value) != null) {
        throw damaged("the key " + QilinException.quote(key) + " stands twice");
      }
    }
    return block;
  }

  private static boolean atEdge(String line) {
    return line.startsWith(TREE) || line.equals("end of trees");
  }

  /** Takes the line that begins a tree; false if the trees have ended. */
  boolean nextTree(int index) {
    String line = peeked();
    line();
    if (line.equals("end of trees")) {
      return false;
    }
    if (!line.equals(TREE + index)) {
      throw damaged(
          "here begins tree " + index + ", but the line is " + QilinException.quote(line));
    }
    return true;
  }

  String required(Map<String, String> block, String key) {
    String value = block.get(key);
    if (value == null) {
      throw damaged("there is no line " + key + "= in the block that ends here");
    }
    return value;
  }

  /** What is between single blanks; none empty. */
  List<String> words(String value) {
    List<String> words = new ArrayList<>();
    int from = 0;
    while (from <= value.length()) {
      int end = value.indexOf(' ', from);
      end = end < 0 ? value.length() : end;
      if (end == from) {
        throw damaged("an entry is empty in " + QilinException.quote(value));
      }
      words.add(value.substring(from, end));
      from = end + 1;
    }
    return words;
  }

  int whole(String value, int min, int max) {
    try {
      int read = value.length() <= LONGEST_NUMBER ? Integer.parseInt(value) : min - 1;
      if (read >= min && read <= max) {
        return read;
      }
    } catch (NumberFormatException e) {
      throw new QilinException(ErrorCode.MODEL_INVALID, where(notWhole(value, min, max)), e);
    }
    throw damaged(notWhole(value, min, max));
  }

  private static String notWhole(String value, int min, int max) {
    return QilinException.quote(value) + " is not a whole number from " + min + " to " + max;
  }

  /** A finite number. */
  double number(String value) {
    double read = Double.NaN;
    if (value.length() <= LONGEST_NUMBER && decimal(value)) {
      try {
        read = Double.parseDouble(value);
      } catch (NumberFormatException e) {
        throw new QilinException(
            ErrorCode.MODEL_INVALID,
            where(QilinException.quote(value) + " is not a finite number"),
            e);
      }
    }
    if (!Double.isFinite(read)) {
      throw damaged(QilinException.quote(value) + " is not a finite number");
    }
    return read;
  }

  private static boolean decimal(String value) {
    for (int i = 0; i < value.length(); i++) {
      if ("0123456789+-.eE".indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** So many numbers as are wanted, no more. */
  double[] numbers(String value, int wanted) {
    double[] read = new double[wanted];
    Cursor words = new Cursor(value);
    for (int i = 0; i < wanted; i++) {
      read[i] = number(words.next());
    }
    words.end();
    return read;
  }

  /** As {@link #numbers}; an infinite one is the largest number of its sign, which decides alike about every number. */
  double[] thresholds(String value, int wanted) {
    double[] read = new double[wanted];
    Cursor words = new Cursor(value);
    for (int i = 0; i < wanted; i++) {
      String word = words.next();
      read[i] = switch (word) {
        case "inf" -> Double.MAX_VALUE;
        case "-inf" -> -Double.MAX_VALUE;
        default -> number(word);
      };
    }
    words.end();
    return read;
  }

  /** So many whole numbers as are wanted, no more. */
  int[] wholes(String value, int wanted, int min, int max) {
    int[] read = new int[wanted];
    Cursor words = new Cursor(value);
    for (int i = 0; i < wanted; i++) {
      read[i] = whole(words.next(), min, max);
    }
    words.end();
    return read;
  }

  QilinException damaged(String what) {
    return new QilinException(ErrorCode.MODEL_INVALID, where(what));
  }

  private String where(String what) {
    return "the model is damaged at line " + number + ": " + what;
  }

  /** Takes one word after the other, without a list of them. */
  private final class Cursor {
    private final String value;
    private int at;

    private Cursor(String value) {
      this.value = value;
    }

    String next() {
      if (at >= value.length()) {
        throw damaged("there are fewer numbers than the tree has leaves or nodes");
      }
      int end = value.indexOf(' ', at);
      end = end < 0 ? value.length() : end;
      String word = value.substring(at, end);
      at = end + 1;
      return word;
    }

    void end() {
      if (at < value.length()) {
        throw damaged("there are more numbers than the tree has leaves or nodes");
      }
    }
  }
}
