package io.qilin.agents.consult;

import java.util.List;

/**
 * A number below a thousand in English words (twenty-five, three hundred and two).
 *
 * @param value not negative
 * @param step the worth of its last word
 */
record EnglishNumeral(double value, double step) {
  private static final List<String> SMALL = List.of(
      "zero",
      "one",
      "two",
      "three",
      "four",
      "five",
      "six",
      "seven",
      "eight",
      "nine",
      "ten",
      "eleven",
      "twelve",
      "thirteen",
      "fourteen",
      "fifteen",
      "sixteen",
      "seventeen",
      "eighteen",
      "nineteen");
  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  /** A regular expression for one word. */
  static final String WORD =
      "(?:" + String.join("|", SMALL) + "|" + String.join("|", TENS) + "|hundred)(?![a-z])";

  /** Reads words in lower case with spaces, dashes or "and" between. */
  static EnglishNumeral parse(String text) {
    double value = 0;
    double step = 1;
    for (String word : text.split("[- ]+", -1)) {
      if (word.equals("hundred")) {
        value = Math.max(value, 1) * 100;
        step = 100;
      } else if (TENS.contains(word)) {
        value += 20 + 10 * TENS.indexOf(word);
        step = 10;
      } else if (SMALL.contains(word)) {
        value += SMALL.indexOf(word);
        step = 1;
      }
    }
    return new EnglishNumeral(value, step);
  }
}
