package io.qilin.api.llm;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;

/**
 * What a million tokens of a model cost, by the host's price list.
 *
 * @param currency ISO 4217 code, for example {@code USD}
 * @param prompt of the question
 * @param cached of the question's part that came from the server's cache; at most {@code prompt}
 * @param completion of the answer
 */
public record LlmPrice(
    String currency, BigDecimal prompt, BigDecimal cached, BigDecimal completion) {
  private static final int MILLION_DIGITS = 6;

  /**
   * Checks the prices.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative price, a cached one above the other, or another currency code
   */
  public LlmPrice {
    if (currency.length() != 3 || !currency.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      throw QilinException.invalid(
          "a currency has three capital letters, was " + QilinException.quote(currency));
    }
    if (prompt.signum() < 0
        || cached.signum() < 0
        || completion.signum() < 0
        || cached.compareTo(prompt) > 0) {
      throw QilinException.invalid("prices are not negative, and cached at most prompt, were "
          + prompt + ", " + cached + " and " + completion);
    }
  }

  /** What a use costs, exact. */
  public BigDecimal of(LlmUsage usage) {
    return prompt
        .multiply(BigDecimal.valueOf(usage.prompt() - usage.cached()))
        .add(cached.multiply(BigDecimal.valueOf(usage.cached())))
        .add(completion.multiply(BigDecimal.valueOf(usage.completion())))
        .movePointLeft(MILLION_DIGITS);
  }
}
