package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/** A journal entry that is being written: everything is zero that is not set. Confined to the ledger. */
final class JournalDraft {
  private final LocalDate day;
  private final JournalEntry.Kind kind;
  private final Optional<Symbol> symbol;
  private final long shares;
  private Money cash = Money.ZERO;
  private Money positions = Money.ZERO;
  private Money fees = Money.ZERO;
  private Money taxes = Money.ZERO;
  private Money deposits = Money.ZERO;
  private Money profit = Money.ZERO;
  private String note = "";

  JournalDraft(LocalDate day, JournalEntry.Kind kind, Optional<Symbol> symbol, long shares) {
    this.day = Objects.requireNonNull(day, "day");
    this.kind = kind;
    this.symbol = symbol;
    this.shares = shares;
  }

  JournalDraft cash(Money money) {
    cash = money;
    return this;
  }

  JournalDraft positions(Money money) {
    positions = money;
    return this;
  }

  JournalDraft fees(Money money) {
    fees = money;
    return this;
  }

  JournalDraft taxes(Money money) {
    taxes = money;
    return this;
  }

  JournalDraft deposits(Money money) {
    deposits = money;
    return this;
  }

  JournalDraft profit(Money money) {
    profit = money;
    return this;
  }

  JournalDraft note(String text) {
    note = text;
    return this;
  }

  JournalEntry numbered(int number) {
    return new JournalEntry(
        number, day, kind, symbol, shares, cash, positions, fees, taxes, deposits, profit, note);
  }
}
