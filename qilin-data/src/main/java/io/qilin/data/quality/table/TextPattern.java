package io.qilin.data.quality.table;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/**
 * A pattern for whole texts in RE2's language: that of regular expressions without back references and look-around, so
 * that matching takes time linear in the length of the text whatever the pattern. Immutable and safe to share; two are
 * equal if their texts are.
 */
public final class TextPattern {
  private static final int LONGEST = 1000;

  private final Pattern pattern;

  private TextPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern of at most 1000 characters.
   *
   * @throws QilinException EXPRESSION_SYNTAX if it is no pattern; EXPRESSION_LIMIT if it is too long or repeats too much
   */
  public static TextPattern of(String text) {
    if (text.length() > LONGEST) {
      throw new QilinException(
          ErrorCode.EXPRESSION_LIMIT,
          "a pattern has at most " + LONGEST + " characters, had " + text.length());
    }
    try {
      return new TextPattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new QilinException(
          ErrorCode.EXPRESSION_SYNTAX,
          "not a pattern: " + QilinException.quote(text) + ": " + e.getDescription()
              + "; back references and look-around are not supported",
          e);
    }
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
    return pattern.matches(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextPattern that && that.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The pattern as it was given. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
