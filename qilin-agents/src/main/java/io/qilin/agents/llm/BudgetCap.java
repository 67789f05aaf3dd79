package io.qilin.agents.llm;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * The most that may be used.
 *
 * @param tokens of questions and answers together, not negative
 * @param money in the budget's currency, not negative; empty if only tokens are counted
 */
public record BudgetCap(long tokens, Optional<BigDecimal> money) {
  /**
   * Checks the numbers.
   *
   * @throws QilinException INVALID_ARGUMENT if one is negative
   */
  public BudgetCap {
    Objects.requireNonNull(money, "money");
    if (tokens < 0 || money.filter(most -> most.signum() < 0).isPresent()) {
      throw QilinException.invalid("a cap is not negative, was " + tokens + " tokens, " + money);
    }
  }

  /** A cap on tokens alone. */
  public static BudgetCap ofTokens(long tokens) {
    return new BudgetCap(tokens, Optional.empty());
  }

  /** A cap on tokens and money. */
  public static BudgetCap of(long tokens, BigDecimal money) {
    return new BudgetCap(tokens, Optional.of(money));
  }
}
