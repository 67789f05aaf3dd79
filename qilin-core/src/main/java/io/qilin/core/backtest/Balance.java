package io.qilin.core.backtest;

import io.qilin.api.money.Money;
import java.util.List;

/**
 * The sums of a journal: cash + positions + fees + taxes = deposits + profit, to the fen.
 *
 * @param cash cash in the account
 * @param positions what the shares held had cost, fees left out
 * @param fees fees paid so far
 * @param taxes taxes paid so far
 * @param deposits money put in, less what was taken out
 * @param profit realised gains before fees and taxes
 */
public record Balance(
    Money cash, Money positions, Money fees, Money taxes, Money deposits, Money profit) {
  /** Nothing. */
  public static final Balance ZERO =
      new Balance(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

  /** The balance after a journal. */
  public static Balance of(List<JournalEntry> journal) {
    Balance sum = ZERO;
    for (JournalEntry entry : journal) {
      sum = sum.plus(entry);
    }
    return sum;
  }

  Balance plus(JournalEntry entry) {
    return new Balance(
        cash.plus(entry.cash()),
        positions.plus(entry.positions()),
        fees.plus(entry.fees()),
        taxes.plus(entry.taxes()),
        deposits.plus(entry.deposits()),
        profit.plus(entry.profit()));
  }

  /** What is left of the money put in, before unrealised gains: cash + positions. */
  public Money book() {
    return cash.plus(positions);
  }

  /** Whether the two sides are equal; they always are. */
  public boolean balances() {
    return cash.plus(positions).plus(fees).plus(taxes).equals(deposits.plus(profit));
  }
}
