package io.qilin.core.backtest;

import io.qilin.api.trading.Portfolio;
import java.util.List;
import java.util.Objects;

/**
 * A run by the exact rules: its report and the books behind it.
 *
 * @param report what happened, day by day
 * @param journal every change of the account, oldest first
 * @param balance the sums of the journal
 * @param portfolio what is owned at the end, from which the next orders follow
 */
public record BacktestRun(
    BacktestReport report, List<JournalEntry> journal, Balance balance, Portfolio portfolio) {
  /** Copies the journal. */
  public BacktestRun {
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(balance, "balance");
    Objects.requireNonNull(portfolio, "portfolio");
    journal = List.copyOf(journal);
  }
}
