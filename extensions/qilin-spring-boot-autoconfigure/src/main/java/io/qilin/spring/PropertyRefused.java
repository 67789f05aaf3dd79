package io.qilin.spring;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Locale;
import java.util.Objects;

/**
 * A property of the application has a value that Qilin does not accept. Stops the start; {@link QilinFailureAnalyzer}
 * prints it.
 */
public final class PropertyRefused extends QilinException {
  private static final long serialVersionUID = 1L;

  private final String property;
  private final String value;
  private final String mend;

  /**
   * Refuses a value.
   *
   * @param property its name, for example {@code qilin.data.deadline}
   * @param value as it is shown; never a secret
   * @param mend what is accepted
   */
  public PropertyRefused(String property, Object value, String mend) {
    super(
        ErrorCode.INVALID_CONFIGURATION,
        "the property " + property + " is refused, was " + quote(value.toString()) + ": " + mend);
    this.property = property;
    this.value = quote(value.toString());
    this.mend = Objects.requireNonNull(mend, "mend");
  }

  private PropertyRefused(String property, String value, QilinException cause) {
    super(
        ErrorCode.INVALID_CONFIGURATION,
        "the property " + property + " is refused, was " + value + ": " + reason(cause),
        cause);
    this.property = property;
    this.value = value;
    this.mend = reason(cause);
  }

  /** Refuses a value for the reason that the part gave which it was handed to. */
  public static PropertyRefused of(String property, Object value, QilinException cause) {
    return new PropertyRefused(property, quote(value.toString()), cause);
  }

  /**
   * Checks a value.
   *
   * @param mend what is accepted, for the refusal
   * @throws PropertyRefused if it does not hold
   */
  public static void unless(boolean holds, String property, Object value, String mend) {
    if (!holds) {
      throw new PropertyRefused(property, value, mend);
    }
  }

  /** The name of the property. */
  public String property() {
    return property;
  }

  /** Its value, quoted. */
  public String value() {
    return value;
  }

  /** What is accepted instead, for a person. */
  public String mend() {
    return mend;
  }

  private static String reason(QilinException cause) {
    String message = String.valueOf(cause.getMessage());
    String number = String.format(Locale.ROOT, "QILIN-%d ", cause.code().number());
    return message.startsWith(number) ? message.substring(number.length()) : message;
  }
}
