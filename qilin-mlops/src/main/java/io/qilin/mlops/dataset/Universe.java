package io.qilin.mlops.dataset;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import java.util.Optional;

/**
 * Which instruments have a row on which day: the members of an index, for example. What it says about a day must have been known
 * on that day. Must be safe to call from several threads and give the same answer always.
 */
@FunctionalInterface
public interface Universe {
  /** Every instrument of the table on every day. */
  Universe ALL = (instrument, day) -> true;

  /**
   * Whether there is a row.
   *
   * @param instrument index in the symbols of the table
   * @param day index in the days of the table
   */
  boolean contains(int instrument, int day);

  /** Both. */
  default Universe and(Universe other) {
    return (instrument, day) -> contains(instrument, day) && other.contains(instrument, day);
  }

  /**
   * Rows from an instrument's first day in the data to its last, as Qlib has them: days without trading are rows too, of which
   * perhaps nothing is known.
   *
   * @param panel of which the table was computed
   * @throws io.qilin.api.error.QilinException if the table begins on a day that the panel does not have
   */
  static Universe spans(Panel panel, FactorTable table) {
    int[] from = new int[table.symbols().size()];
    int[] to = new int[from.length];
    int shift = table.days().isEmpty() ? 0 : panel.indexOf(table.days().get(0));
    for (int i = 0; i < from.length; i++) {
      Optional<Integer> at = panel.find(table.symbols().get(i));
      if (at.isPresent()) {
        from[i] = panel.firstRow(at.get()) - shift;
        to[i] = panel.endRow(at.get()) - shift;
      }
    }
    return (instrument, day) -> day >= from[instrument] && day < to[instrument];
  }
}
