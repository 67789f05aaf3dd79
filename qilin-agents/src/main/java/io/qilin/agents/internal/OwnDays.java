package io.qilin.agents.internal;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last days on which one instrument itself traded, oldest first: suspended days take no place,
 * so that a window of 20 days is 20 days of trading. Cells that are missing or not finite are
 * {@code NaN}. Immutable.
 */
public final class OwnDays {
  private final Panel panel;
  private final int instrument;
  /** Indices of the days in the panel, ascending. */
  private final int[] days;

  private OwnDays(Panel panel, int instrument, int[] days) {
    this.panel = panel;
    this.instrument = instrument;
    this.days = days;
  }

  /**
   * The last days on which the instrument {@linkplain #traded traded}.
   *
   * @param limit the most days to look at, at least 1
   */
  public static OwnDays last(Panel panel, int instrument, int limit) {
    int first = panel.firstRow(instrument);
    int end = panel.endRow(instrument);
    double[] closes = panel.values(Field.CLOSE, instrument, first, end);
    double[] volumes = panel.has(Field.VOLUME)
        ? panel.values(Field.VOLUME, instrument, first, end)
        : new double[0];
    int[] found = new int[limit];
    int free = limit;
    for (int k = closes.length - 1; k >= 0 && free > 0; k--) {
      boolean still = volumes.length > 0 && volumes[k] <= 0;
      if (closes[k] > 0 && closes[k] < Double.POSITIVE_INFINITY && !still) {
        found[--free] = first + k;
      }
    }
    return new OwnDays(panel, instrument, Arrays.copyOfRange(found, free, limit));
  }

  /**
   * Whether the instrument traded: it has a close, and a volume that is not 0; a volume not known
   * counts as trading.
   */
  public static boolean traded(Panel panel, int instrument, int day) {
    double close = panel.value(Field.CLOSE, instrument, day);
    return close > 0
        && close < Double.POSITIVE_INFINITY
        && !(panel.has(Field.VOLUME) && panel.value(Field.VOLUME, instrument, day) <= 0);
  }

  /** As {@link #traded(Panel, int, int)}, for who asks about many cells. */
  public static boolean traded(
      PanelColumn closes, Optional<PanelColumn> volumes, int instrument, int day) {
    double close = closes.value(instrument, day);
    return close > 0
        && close < Double.POSITIVE_INFINITY
        && !(volumes.isPresent() && volumes.get().value(instrument, day) <= 0);
  }

  /** How many days there are. */
  public int size() {
    return days.length;
  }

  /** Whether the last of them is the last day of the panel. */
  public boolean untilLastDay() {
    return days.length > 0 && days[days.length - 1] == panel.days().size() - 1;
  }

  /** One value a day; all {@code NaN} if the panel lacks the field. */
  public double[] values(Field field) {
    double[] out = new double[days.length];
    if (!panel.has(field)) {
      Arrays.fill(out, Double.NaN);
      return out;
    }
    if (days.length == 0) {
      return out;
    }
    int start = days[0];
    double[] rows = panel.values(field, instrument, start, days[days.length - 1] + 1);
    for (int k = 0; k < out.length; k++) {
      double value = rows[days[k] - start];
      out[k] = Double.isInfinite(value) ? Double.NaN : value;
    }
    return out;
  }

  /**
   * Yuan traded a day: the amount where the panel tells it, else volume × close in raw prices,
   * which a bonus issue does not disturb as it does the volume.
   *
   * @param raw the same market in raw prices, over the same instruments and days
   */
  public double[] amounts(Panel raw) {
    double[] out = values(Field.AMOUNT);
    for (int k = 0; k < out.length; k++) {
      if (!(out[k] >= 0)) {
        out[k] = raw.has(Field.VOLUME)
            ? raw.value(Field.VOLUME, instrument, days[k])
                * raw.value(Field.CLOSE, instrument, days[k])
            : Double.NaN;
      }
    }
    return out;
  }
}
