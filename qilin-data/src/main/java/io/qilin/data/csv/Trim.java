package io.qilin.data.csv;

/** Leaves out the spaces around a cell. */
final class Trim {
  private Trim() {}

  /** Where it begins. */
  static int from(char[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] == ' ') {
      at++;
    }
    return at;
  }

  /** Where it ends; where it begins if it is blank. */
  static int to(char[] text, int from, int to) {
    int begin = from(text, from, to);
    int at = to;
    while (at > begin && text[at - 1] == ' ') {
      at--;
    }
    return at;
  }
}
