package io.qilin.agents.llm;

import java.math.BigDecimal;

/**
 * Tokens and money, used or reserved. Token counts stop at {@link Long#MAX_VALUE}.
 *
 * @param tokens of questions and answers together
 * @param money in the budget's currency; 0 where prices are not known
 */
public record BudgetAmount(long tokens, BigDecimal money) {
  /** Nothing. */
  public static final BudgetAmount NONE = new BudgetAmount(0, BigDecimal.ZERO);

  BudgetAmount plus(BudgetAmount other) {
    return new BudgetAmount(sum(tokens, other.tokens), money.add(other.money));
  }

  BudgetAmount minus(BudgetAmount other) {
    return new BudgetAmount(tokens - other.tokens, money.subtract(other.money));
  }

  BudgetAmount times(int count) {
    BudgetAmount total = NONE;
    for (int i = 0; i < count; i++) {
      total = total.plus(this);
    }
    return total;
  }

  boolean fits(BudgetCap cap) {
    return tokens <= cap.tokens()
        && cap.money().filter(most -> money.compareTo(most) > 0).isEmpty();
  }

  static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
