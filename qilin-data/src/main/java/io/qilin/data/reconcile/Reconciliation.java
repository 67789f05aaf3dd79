package io.qilin.data.reconcile;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.Bars;
import java.util.Objects;

/**
 * Compares the bars of two sources, cell by cell, over the days that both cover. Raw prices of shares and funds are
 * compared in whole ticks, {@code $vwap} by ticks or as a fraction, whichever allows more; other values (volumes, amounts,
 * adjusted prices) as fractions. A {@code NaN}
 * is not known and agrees with another {@code NaN}.
 *
 * <p>Two things would make thousands of differences and are told once instead: prices of an instrument that are off by
 * one factor in all of open, high, low and close, as when one source is adjusted and says that it is not; and volumes
 * that are off by 100, as when one counts in lots. An instrument falls under it if nine of ten of its rows that differ,
 * and at least two, do so.
 *
 * <p>Bars in different declared adjustments are compared in raw prices where both have {@code $factor}; where not, only
 * what does not depend on it. The result does not depend on anything but the bars. Stateless.
 */
public final class Reconciliation {
  private Reconciliation() {}

  /** Compares with {@link Tolerance#DEFAULT}, by the names of the providers. */
  public static ReconciliationReport compare(Bars first, Bars second) {
    return compare(
        first.provenance().toString(),
        first,
        second.provenance().toString(),
        second,
        Tolerance.DEFAULT);
  }

  /**
   * Compares the bars of two sources.
   *
   * @param firstName what the first is called in messages
   * @param secondName what the second is called in messages
   */
  public static ReconciliationReport compare(
      String firstName, Bars first, String secondName, Bars second, Tolerance tolerance) {
    Objects.requireNonNull(tolerance, "tolerance");
    Panel a = first.panel();
    Panel b = second.panel();
    Findings findings = new Findings(tolerance.mostFindings());
    boolean prices = true;
    if (a.adjustment() != b.adjustment()) {
      prices = canBeRaw(a) && canBeRaw(b);
      findings.note(
          "adjustment-mismatch",
          Double.NaN,
          firstName + " is " + a.adjustment() + ", " + secondName + " is " + b.adjustment()
              + (prices ? ": compared in raw prices" : ": prices were not compared"));
      if (prices) {
        a = a.withAdjustment(Adjustment.RAW);
        b = b.withAdjustment(Adjustment.RAW);
      }
    }
    return new Comparison(firstName, a, secondName, b, tolerance, prices, findings).report();
  }

  private static boolean canBeRaw(Panel panel) {
    return panel.adjustment() == Adjustment.RAW || panel.has(Field.FACTOR);
  }
}
