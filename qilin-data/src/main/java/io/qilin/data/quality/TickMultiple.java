package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.data.internal.DailyRules;
import java.util.List;
import java.util.Optional;

/**
 * Raw prices of A-shares and funds are multiples of the tick. If most are not, the data is probably adjusted although it
 * is read as raw, and one CRITICAL finding says so.
 */
final class TickMultiple extends SeriesCheck {
  /** A cent written in binary is this close to a whole number of ticks. */
  private static final double ROUNDING = 1e-6;

  /** Before the rule book begins. */
  private static final long SHARE_TICK_MILLS = 10;

  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.PRE_CLOSE);

  private final MarketRuleBook book;

  TickMultiple(MarketRuleBook book) {
    super("off-tick", QualityDimension.VALIDITY, View.AS_READ, List.of());
    this.book = book;
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    if (panel.adjustment() != Adjustment.RAW) {
      return series -> {};
    }
    return new Pass(new DailyRules(book, panel.days()), findings);
  }

  private static final class Pass implements Judge {
    private final DailyRules rules;
    private final FindingList findings;
    private long rows;
    private long off;

    Pass(DailyRules rules, FindingList findings) {
      this.rules = rules;
      this.findings = findings;
    }

    @Override
    public void judge(Series series) {
      MarketRuleBook.boardOf(series.symbol()).ifPresent(board -> judge(series, board));
    }

    @Override
    public void end() {
      if (rows >= 20 && off > rows / 2) {
        findings.note(
            QualitySeverity.CRITICAL,
            Optional.empty(),
            (double) off,
            off + " of " + rows
                + " rows are off the tick: the prices look adjusted, but are read as raw");
      }
    }

    private double ticksPerYuan(Series series, Board board, int row) {
      return 1000.0
          / rules
              .find(series.first() + row, board, RiskWarning.NONE)
              .map(BoardRules::tickMills)
              .orElse(SHARE_TICK_MILLS);
    }

    private void judge(Series series, Board board) {
      double[][] columns = FIELDS.stream().map(series::column).toArray(double[][]::new);
      double firstTick = ticksPerYuan(series, board, 0);
      boolean constant = firstTick == ticksPerYuan(series, board, series.length() - 1);
      for (int row = 0; row < series.length(); row++) {
        double ticksPerYuan = constant ? firstTick : ticksPerYuan(series, board, row);
        boolean known = false;
        int wrong = -1;
        for (int f = 0; f < columns.length; f++) {
          double price = columns[f][row];
          known |= !Double.isNaN(price);
          double ticks = price * ticksPerYuan;
          wrong = wrong < 0
                  && Math.abs(ticks - Math.rint(ticks))
                      > ROUNDING * Math.max(1, Math.abs(ticks) * 1e-6)
              ? f
              : wrong;
        }
        rows += known ? 1 : 0;
        findings.judged(known ? 1 : 0);
        if (wrong >= 0) {
          off++;
          Field field = FIELDS.get(wrong);
          double price = columns[wrong][row];
          findings.bad(
              QualitySeverity.ERROR,
              series,
              row,
              field,
              price,
              () -> field + " " + price + " is no multiple of the tick of " + 1 / ticksPerYuan);
        }
      }
    }
  }
}
