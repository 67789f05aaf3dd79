package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import java.util.regex.Pattern;

/**
 * The name that the sender gives to an order before it is sent, so that it can be asked for, and be
 * sent again, without becoming two orders. The sender chooses it; one id names one order for ever.
 *
 * @param value 1 to 64 letters of ASCII, digits, hyphens and underscores
 */
public record ClientOrderId(String value) implements Comparable<ClientOrderId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Checks the form.
   *
   * @throws QilinException INVALID_ARGUMENT for another form
   */
  public ClientOrderId {
    if (!FORM.matcher(value).matches()) {
      throw QilinException.invalid(
          "a client order id is 1 to 64 letters A-Z and a-z, digits, '-' and '_', was "
              + QilinException.quote(value));
    }
  }

  /**
   * The id of this text.
   *
   * @throws QilinException INVALID_ARGUMENT for another form
   */
  public static ClientOrderId parse(String text) {
    return new ClientOrderId(text);
  }

  @Override
  public int compareTo(ClientOrderId other) {
    return value.compareTo(other.value);
  }

  /** The text; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return value;
  }
}
