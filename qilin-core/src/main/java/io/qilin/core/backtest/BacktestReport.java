package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a backtest found. Immutable and safe to share.
 *
 * @param mode the rules that it ran by
 * @param settings every setting of the run by name, for the reader of the report
 * @param days one row a day, ascending, at least one
 * @param trades all fills in the order in which they happened
 * @param blocked all orders or parts of orders that were not filled
 * @param positions holdings at the close of each day, by day, then by symbol
 * @param findings what was odd in the data or the strategy
 * @param dataHash SHA-256 in hex of the bars, statuses, actions and signal that were read
 */
public record BacktestReport(
    Mode mode,
    Map<String, String> settings,
    List<BacktestDay> days,
    List<Trade> trades,
    List<BlockedOrder> blocked,
    List<DayPosition> positions,
    List<BacktestFinding> findings,
    String dataHash) {
  /** The rules of a run. */
  public enum Mode {
    /** The exchange's dated rules, exact money. */
    EXACT_A_SHARE,
    /** Qlib's account, costs and flat limit. */
    QLIB
  }

  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT without any day
   */
  public BacktestReport {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(dataHash, "dataHash");
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    days = List.copyOf(days);
    trades = List.copyOf(trades);
    blocked = List.copyOf(blocked);
    positions = List.copyOf(positions);
    findings = List.copyOf(findings);
    if (days.isEmpty()) {
      throw QilinException.invalid("a backtest report has at least one day");
    }
  }

  /** The account at the end in yuan. */
  public double finalAccount() {
    return days.get(days.size() - 1).account();
  }
}
