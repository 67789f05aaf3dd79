package io.qilin.mlflow;

/** Ties the token of a page to what was asked, so that one of another query is refused. */
final class PageMark {
  private static final int MARK = 16;
  private static final int MOST = 8_192;

  private PageMark() {}

  static String text(String asked, String token) {
    return mark(asked) + "." + token;
  }

  /** The token without its mark. */
  static String parse(String asked, String text) {
    if (text.length() > MOST || !text.startsWith(mark(asked) + ".")) {
      throw Words.badToken(text);
    }
    return text.substring(MARK + 1);
  }

  private static String mark(String asked) {
    return Digests.of(asked).substring(0, MARK);
  }
}
