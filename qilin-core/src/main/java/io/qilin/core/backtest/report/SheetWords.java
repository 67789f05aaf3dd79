package io.qilin.core.backtest.report;

import io.qilin.core.backtest.BacktestReport.Mode;
import io.qilin.core.performance.Compounding;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.report.NumberText;
import java.util.Optional;

/** Statements and number forms that the page and the terminal share. */
final class SheetWords {
  private SheetWords() {}

  static String mode(Mode mode) {
    return switch (mode) {
      case EXACT_A_SHARE ->
        "Mode: exact. The exchange's dated rules for lots, ticks, price limits and T+1, dated fees and taxes, money to"
            + " the fen.";
      case QLIB ->
        "Mode: Qlib. Qlib's account, flat costs and flat price limit, adjusted prices and shares: comparable with Qlib,"
            + " not what an account at an exchange would have had.";
    };
  }

  static String trials(DeflatedSharpe found) {
    int trials = found.trials().trials();
    if (trials == 1) {
      return "Trials: 1, as stated by the caller, so the Sharpe ratio is not corrected. Who tried more has to state it.";
    }
    return "Trials: " + NumberText.count(trials) + ", as stated by the caller. "
        + (Double.isNaN(found.probability())
            ? "The deflated Sharpe ratio is not known: give the variance of the trials' Sharpe ratios."
            : "Deflated Sharpe ratio " + NumberText.fixed(found.probability(), 4)
                + "; above 0.95 counts as evidence.");
  }

  static String added(Compounding compounding) {
    return compounding == Compounding.COMPOUND
        ? "compounded"
        : "daily returns added up, not compounded";
  }

  /** Shares: whole ones in groups of three, parts of shares with two decimals. */
  static String shares(double shares) {
    boolean whole = Math.rint(shares) == shares && Math.abs(shares) < 1e15;
    return whole ? NumberText.count((long) shares) : NumberText.fixed(shares, 2);
  }

  /** Whole yuan in groups of three. */
  static String yuan(double amount) {
    return Math.abs(amount) < 1e15
        ? NumberText.count(Math.round(amount))
        : NumberText.fixed(amount, 0);
  }

  static String counted(long count, String one, String many) {
    return NumberText.count(count) + " " + (count == 1 ? one : many);
  }

  /** Says that a list was cut; empty if it was not. */
  static Optional<String> cut(int all, int most, String what) {
    return all <= most
        ? Optional.empty()
        : Optional.of("The first " + NumberText.count(most) + " of " + NumberText.count(all) + " "
            + what + "; " + NumberText.count(all - most) + " more are not shown.");
  }
}
