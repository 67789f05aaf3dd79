package io.qilin.data.csv;

/**
 * Makes a text safe to be opened by a spreadsheet, and back. A text that a spreadsheet could take
 * for a formula gets an apostrophe in front; so does a text that begins with an apostrophe, so that
 * {@link #decode} gives the original of every text.
 *
 * <p>A formula may begin a cell, and a spreadsheet that separates by semicolons or tabs sees a cell
 * begin after each of these, so the same is done there and after line ends. What is taken for the
 * beginning of a formula: {@code = + - @}, their full-width forms, {@code |}, and a tab, line end
 * or {@code %} (of {@code %0A}), also behind white space and invisible characters. Source of the
 * list: OWASP, "CSV Injection".
 */
final class TextCell {
  private static final char MARK = '\'';

  /** ASCII, full-width and small forms, and the minus sign. */
  private static final String OPENERS =
      "=+-@|%\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\uFF05\uFE62\uFE63\uFE66\uFE6B\u2212";

  private static final String SEPARATORS = ";\t\r\n";

  private TextCell() {}

  /** The text with apostrophes where they are needed. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    boolean atStart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (atStart && needsMark(text, i)) {
        out.append(MARK);
      }
      out.append(c);
      atStart = SEPARATORS.indexOf(c) >= 0;
    }
    return out.toString();
  }

  /** The text that {@link #encode} was given; an apostrophe that it would not have put there stays. */
  static String decode(String cell) {
    StringBuilder out = new StringBuilder(cell.length());
    boolean atStart = true;
    for (int i = 0; i < cell.length(); i++) {
      if (atStart && cell.charAt(i) == MARK && i + 1 < cell.length() && needsMark(cell, i + 1)) {
        i++;
      }
      char c = cell.charAt(i);
      out.append(c);
      atStart = SEPARATORS.indexOf(c) >= 0;
    }
    return out.toString();
  }

  private static boolean needsMark(String text, int start) {
    if (text.charAt(start) == MARK) {
      return true;
    }
    for (int i = start; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (OPENERS.indexOf(c) >= 0) {
        return true;
      }
      if (!invisible(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  private static boolean invisible(int c) {
    int type = Character.getType(c);
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || type == Character.CONTROL
        || type == Character.FORMAT
        || c == '"';
  }
}
