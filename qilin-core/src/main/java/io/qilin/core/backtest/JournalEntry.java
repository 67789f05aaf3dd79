package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * One change of a {@link Ledger}. Every entry balances on its own: cash + positions + fees + taxes =
 * deposits + profit, to the fen, so that any sum of entries does.
 *
 * @param number place in the journal, from 1
 * @param day trading day
 * @param kind what happened
 * @param symbol the share, if it concerns one
 * @param shares change of the number of shares held
 * @param cash change of the cash
 * @param positions change of what the shares held had cost, fees left out
 * @param fees fees paid: commission, transfer and exchange fees
 * @param taxes taxes paid: stamp tax, dividend tax
 * @param deposits money put in, negative for money taken out
 * @param profit gain before fees and taxes that was realised: from sales, dividends, write-offs
 * @param note what else a reader should know; may be empty
 */
public record JournalEntry(
    int number,
    LocalDate day,
    Kind kind,
    Optional<Symbol> symbol,
    long shares,
    Money cash,
    Money positions,
    Money fees,
    Money taxes,
    Money deposits,
    Money profit,
    String note) {
  /** What can happen to an account. */
  public enum Kind {
    /** Money put in or taken out. */
    DEPOSIT,
    /** A purchase. */
    BUY,
    /** A sale; the shares longest held go first. */
    SELL,
    /** A cash dividend, before tax. */
    DIVIDEND,
    /** The tax on dividends of shares that were sold. */
    DIVIDEND_TAX,
    /** Bonus shares. */
    BONUS,
    /** Shares bought by right. */
    RIGHTS,
    /** Cash for a fall of the reference price that no known corporate action explains. */
    IMPLIED,
    /** The end of a listing. */
    DELISTING
  }

  /**
   * Checks the balance.
   *
   * @throws QilinException UNKNOWN if the entry does not balance
   */
  public JournalEntry {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(note, "note");
    Money have = cash.plus(positions).plus(fees).plus(taxes);
    Money from = deposits.plus(profit);
    if (!have.equals(from)) {
      throw new QilinException(
          ErrorCode.UNKNOWN,
          "the journal entry " + kind + " of " + day + " does not balance: " + have + " against "
              + from);
    }
  }
}
