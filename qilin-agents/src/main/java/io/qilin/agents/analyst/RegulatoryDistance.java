package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far a share is from what the exchange calls a severe abnormal move (严重异常波动), after which
 * trading may be halted: a deviation of +100 % within 10 days, or of +200 % within 30. The deviation
 * is the share's return less that of its board; for want of an index the board's return is the mean
 * of its shares. Thread-safe.
 */
final class RegulatoryDistance {
  private static final int SHORT_DAYS = 10;
  private static final int LONG_DAYS = 30;
  private static final double SHORT_BOUND = 1.0;
  private static final double LONG_BOUND = 2.0;

  private final Panel raw;
  private final PanelColumn adjusted;
  private final int last;
  private final Map<Board, double[]> boards = new ConcurrentHashMap<>();

  RegulatoryDistance(MarketSnapshot snapshot) {
    this.raw = snapshot.raw();
    this.adjusted = snapshot.adjusted().column(Field.CLOSE);
    this.last = raw.days().size() - 1;
  }

  /**
   * The smaller of the two distances as a fraction; {@code NaN} if none is known, not positive if a
   * bound is reached.
   */
  double of(int instrument) {
    Optional<Board> board = MarketRuleBook.boardOf(raw.symbols().get(instrument));
    if (board.isEmpty()) {
      return Double.NaN;
    }
    double[] means = boards.computeIfAbsent(board.get(), this::means);
    double near = SHORT_BOUND - (change(instrument, SHORT_DAYS) - means[0]);
    double far = LONG_BOUND - (change(instrument, LONG_DAYS) - means[1]);
    return Double.isNaN(far) ? near : Double.isNaN(near) ? far : Math.min(near, far);
  }

  private double[] means(Board board) {
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < raw.symbols().size(); i++) {
      if (MarketRuleBook.boardOf(raw.symbols().get(i)).filter(board::equals).isPresent()) {
        add(sums, counts, 0, change(i, SHORT_DAYS));
        add(sums, counts, 1, change(i, LONG_DAYS));
      }
    }
    return new double[] {sums[0] / counts[0], sums[1] / counts[1]};
  }

  private static void add(double[] sums, int[] counts, int at, double change) {
    if (Double.isFinite(change)) {
      sums[at] += change;
      counts[at]++;
    }
  }

  /** Return over the last days of the market; {@code NaN} if the share did not trade at both ends. */
  private double change(int instrument, int days) {
    int before = last - days;
    return before >= 0
            && OwnDays.traded(raw, instrument, last)
            && OwnDays.traded(raw, instrument, before)
        ? adjusted.value(instrument, last) / adjusted.value(instrument, before) - 1
        : Double.NaN;
  }
}
