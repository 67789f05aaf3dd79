package io.qilin.agents.desk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;

/**
 * Finds the adjustment factor of raw bars that come without one from the exchange's reference
 * prices: on an ex-date the reference price differs from the previous close by what was paid out.
 */
final class PaidOut {
  private PaidOut() {}

  /**
   * The panel with {@code $factor}: 1 on an instrument's first row, and from then on the product of
   * previous close / reference price. A factor depends on no later row.
   *
   * @throws QilinException DATA_NOT_FOUND if the prices are adjusted or {@code $pre_close} is
   *     missing too
   */
  static Panel factored(Panel panel) {
    if (panel.has(Field.FACTOR)) {
      return panel;
    }
    if (panel.adjustment() != Adjustment.RAW || !panel.has(Field.PRE_CLOSE)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the bars say nothing of dividends and bonus shares: give a column factor (adjusted / raw"
              + " price, 1 throughout if nothing was paid out) or, with raw prices, a column"
              + " pre_close (the exchange's reference price)");
    }
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (Field field : panel.fields()) {
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), panel.values(field, i));
      }
      double[] factors = factors(panel.values(Field.CLOSE, i), panel.values(Field.PRE_CLOSE, i));
      builder.column(panel.symbols().get(i), Field.FACTOR, panel.firstRow(i), factors);
    }
    return builder.build();
  }

  private static double[] factors(double[] closes, double[] references) {
    double[] factors = new double[closes.length];
    double factor = 1;
    double previous = Double.NaN;
    for (int row = 0; row < factors.length; row++) {
      double step = previous / references[row];
      if (step > 0 && step < Double.POSITIVE_INFINITY) {
        factor *= step;
      }
      factors[row] = factor;
      if (!Double.isNaN(closes[row])) {
        previous = closes[row];
      }
    }
    return factors;
  }
}
