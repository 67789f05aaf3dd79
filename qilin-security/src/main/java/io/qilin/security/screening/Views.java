package io.qilin.security.screening;

import java.util.function.BiConsumer;

/**
 * Other readings of a normalised text, each as one interpreter would read it. A reading equal to the text, or one that
 * cannot differ in anything that rules look at, is left out. All are linear.
 */
final class Views {
  /** Which reading a rule looks at; bits. */
  static final int PLAIN = 1;

  static final int SQL = 2;
  static final int SHELL = 4;
  static final int SCRIPT = 8;
  static final int COMPACT = 16;

  private Views() {}

  /** Hands over each reading that differs, with its bit. */
  static void of(String text, BiConsumer<Integer, String> sink) {
    String encoded = Base64Text.decode(text);
    if (!encoded.isEmpty()) {
      sink.accept(PLAIN, encoded);
    }
    if (text.contains("/*")) {
      sink.accept(SQL, SqlComments.remove(text));
    }
    if (ShellQuoting.quoted(text)) {
      String shell = ShellQuoting.remove(text);
      if (!shell.equals(text)) {
        sink.accept(SHELL, shell);
      }
    }
    String script = ScriptEscapes.decode(text);
    if (!script.equals(text)) {
      script = EntityDecoder.decode(script);
      sink.accept(SCRIPT, script);
    }
    if (script.indexOf(':') >= 0
        || script.indexOf('.') >= 0
        || script.indexOf('[') >= 0
        || script.indexOf('<') >= 0) {
      String compact = compact(script);
      if (!compact.equals(text)) {
        sink.accept(COMPACT, compact);
      }
    }
  }

  /** Without blanks, controls, comments and backslashes. */
  private static String compact(String text) {
    String source = text.contains("/*") ? SqlComments.remove(text) : text;
    StringBuilder out = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c > ' ' && c != '\\' && c != 127) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
