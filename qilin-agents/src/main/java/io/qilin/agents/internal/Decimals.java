package io.qilin.agents.internal;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;

/** Decimals as texts in documents: plain digits, of bounded length, so that none can take long to read. */
public final class Decimals {
  private static final int LONGEST = 32;

  private Decimals() {}

  /**
   * Reads a decimal that is not negative.
   *
   * @throws QilinException INVALID_ARGUMENT if it is not one, or has more than 32 characters
   */
  public static BigDecimal parse(String text) {
    if (text.length() > LONGEST || !text.matches("[0-9]+(\\.[0-9]+)?")) {
      throw QilinException.invalid("not a decimal: " + QilinException.quote(text));
    }
    return new BigDecimal(text);
  }
}
