package io.qilin.security.audit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * One value of an audit record. A value of more than 16 KiB of UTF-8 is cut at the end of a character, and says so. A
 * surrogate without its partner is no character and becomes U+FFFD.
 *
 * @param state whether the whole value is here
 * @param text what is here; empty when erased
 * @param length the true length in UTF-16 units, as handed in; 0 when erased
 */
public record AuditField(State state, String text, long length) {
  /** The most bytes of UTF-8 in one value. */
  public static final int MAX_BYTES = 16 * 1024;

  /** How much of a value is here. */
  public enum State {
    /** All of it. */
    WHOLE,
    /** Its beginning. */
    CUT,
    /** Nothing: it was erased, and its commitment remains. */
    ERASED
  }

  static final AuditField ERASED = new AuditField(State.ERASED, "", 0);

  /** Checks that the parts agree. */
  public AuditField {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(text, "text");
    boolean fits = switch (state) {
      case WHOLE -> length == text.length();
      case CUT -> length > text.length();
      case ERASED -> length == 0 && text.isEmpty();
    };
    if (!fits) {
      throw QilinException.invalid("a value that is " + state + " cannot have length " + length
          + " with " + text.length() + " characters");
    }
    if (Utf8.prefix(text, MAX_BYTES) < text.length()) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a value has more than " + MAX_BYTES + " bytes; use AuditField.of, which cuts it");
    }
    if (Utf8.broken(text)) {
      throw QilinException.invalid(
          "a value holds half a character; use AuditField.of, which replaces it");
    }
  }

  /** The value, cut if it is longer than {@link #MAX_BYTES}. */
  public static AuditField of(String value) {
    return of(value, MAX_BYTES);
  }

  /** The value, cut if it has more than so many bytes. */
  static AuditField of(String value, int maxBytes) {
    int end = Utf8.prefix(value, maxBytes);
    String kept = Utf8.mended(end == value.length() ? value : value.substring(0, end));
    return new AuditField(end == value.length() ? State.WHOLE : State.CUT, kept, value.length());
  }

  /** The text as it was read, with the true length that stood beside it. */
  static AuditField read(String text, long length) {
    return new AuditField(length == text.length() ? State.WHOLE : State.CUT, text, length);
  }

  /** The bytes of the text in UTF-8. */
  int bytes() {
    return Utf8.length(text);
  }
}
