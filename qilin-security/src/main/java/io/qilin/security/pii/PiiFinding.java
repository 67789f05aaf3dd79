package io.qilin.security.pii;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * A piece of personal data in a text; it does not hold the text.
 *
 * @param start the first UTF-16 code unit, from 0
 * @param end after the last one
 * @param type what it is
 * @param form how it is written
 */
public record PiiFinding(int start, int end, PiiType type, PiiForm form) {
  /** Checks the parts. */
  public PiiFinding {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(form, "form");
    if (start < 0 || end <= start) {
      throw QilinException.invalid(
          "a finding begins at 0 or later and is not empty, not [" + start + ", " + end + ")");
    }
  }
}
