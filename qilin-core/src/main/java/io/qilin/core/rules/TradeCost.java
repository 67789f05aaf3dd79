package io.qilin.core.rules;

import io.qilin.api.money.Money;
import java.util.Objects;

/**
 * What one order costs beside its amount. Each part is rounded half up to the fen on its own.
 *
 * @param commission what the broker charges
 * @param stampTax stamp tax (印花税)
 * @param transferFee transfer fee (过户费)
 * @param exchangeFees handling and regulatory fee (经手费, 证管费) where they come on top of the
 *     commission, else zero
 */
public record TradeCost(Money commission, Money stampTax, Money transferFee, Money exchangeFees) {
  /** Checks that every part is there. */
  public TradeCost {
    Objects.requireNonNull(commission, "commission");
    Objects.requireNonNull(stampTax, "stampTax");
    Objects.requireNonNull(transferFee, "transferFee");
    Objects.requireNonNull(exchangeFees, "exchangeFees");
  }

  /** The sum of the parts. */
  public Money total() {
    return commission.plus(stampTax).plus(transferFee).plus(exchangeFees);
  }
}
