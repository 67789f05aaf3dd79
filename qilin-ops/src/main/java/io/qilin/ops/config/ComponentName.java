package io.qilin.ops.config;

import java.util.Locale;

/** How a component of a record is called in files. */
final class ComponentName {
  private ComponentName() {}

  /**
   * {@code maxPositions} is {@code max-positions}, {@code httpURL} is {@code http-url}, {@code sha256Key} is {@code sha256-key}; a
   * key that is a word of Java has a low line behind it: {@code default_} is {@code default}.
   */
  static String dashed(String component) {
    String java = component.replaceFirst("(?<=[^_])_+$", "");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < java.length(); i++) {
      char c = java.charAt(i);
      if (c == '_') {
        out.append('-');
      } else {
        boolean begins = Character.isUpperCase(c)
            && i > 0
            && (!Character.isUpperCase(java.charAt(i - 1))
                || (i + 1 < java.length() && Character.isLowerCase(java.charAt(i + 1))));
        out.append(begins && java.charAt(i - 1) != '_' ? "-" : "").append(c);
      }
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }
}
