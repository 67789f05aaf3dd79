package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One header of a request. Immutable.
 *
 * @param name compared without case; kept in small letters
 * @param value as it was received, without the blanks around it
 */
public record HeaderField(String name, String value) {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  /**
   * Checks the name and puts it in small letters.
   *
   * @throws QilinException INPUT_REJECTED if the name is not a token of RFC 9110 of 1 to 64 characters
   */
  public HeaderField {
    if (!TOKEN.matcher(name).matches()) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED, "not a name of a header: " + QilinException.quote(name));
    }
    name = name.toLowerCase(Locale.ROOT);
    Objects.requireNonNull(value, "value");
  }

  /** The name only. */
  @Override
  public String toString() {
    return "HeaderField[" + name + "]";
  }
}
