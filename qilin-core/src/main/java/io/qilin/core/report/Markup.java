package io.qilin.core.report;

/** Text made fit for HTML and SVG. */
final class Markup {
  private Markup() {}

  /** Escaped for content and for attributes in double quotes; what acts instead of showing becomes U+FFFD. */
  static String text(String raw) {
    StringBuilder out = new StringBuilder(raw.length() + 16);
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append((char) c);
        default -> out.appendCodePoint(VisibleText.acts(c) || (c & 0xFFFE) == 0xFFFE ? 0xFFFD : c);
      }
    }
    return out.toString();
  }

  /** As {@link #text}, with runs of Chinese marked as such, so that a browser takes the right font and voice. */
  static String mixed(String raw) {
    StringBuilder out = new StringBuilder(raw.length() + 16);
    int start = 0;
    while (start < raw.length()) {
      boolean chinese = isChinese(raw.codePointAt(start));
      int end = start;
      while (end < raw.length() && isChinese(raw.codePointAt(end)) == chinese) {
        end += Character.charCount(raw.codePointAt(end));
      }
      String run = text(raw.substring(start, end));
      out.append(chinese ? "<span lang=\"zh-Hans\">" + run + "</span>" : run);
      start = end;
    }
    return out.toString();
  }

  private static boolean isChinese(int c) {
    return (c >= 0x3000 && c <= 0x303F)
        || (c >= 0xFF00 && c <= 0xFFEF)
        || Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }
}
