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
    PanelColumn closes = panel.column(Field.CLOSE);
    Optional<PanelColumn> volumes =
        panel.has(Field.VOLUME) ? Optional.of(panel.column(Field.VOLUME)) : Optional.empty();
    int[] found = new int[limit];
    int free = limit;
    int first = panel.firstRow(instrument);
    for (int d = panel.endRow(instrument) - 1; d >= first && free > 0; d--) {
      if (traded(closes, volumes, instrument, d)) {
        found[--free] = d;
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
    return values(field, days.length);
  }

  /** As {@link #values(Field)}, of the last {@code most} days or as many as there are. */
  public double[] values(Field field, int most) {
    double[] out = new double[Math.min(most, days.length)];
    if (!panel.has(field)) {
      Arrays.fill(out, Double.NaN);
      return out;
    }
    PanelColumn column = panel.column(field);
    int skipped = days.length - out.length;
    for (int k = 0; k < out.length; k++) {
      double value = column.value(instrument, days[skipped + k]);
      out[k] = Double.isInfinite(value) ? Double.NaN : value;
    }
    return out;
  }

  /**
   * Yuan traded a day: the amount where the panel tells it, else volume × close in raw prices,
   * which a bonus issue does not disturb as it does the volume.
   *
   * @param raw the same market in raw prices, over the same instruments and days
   * @param most how many of the last days
   */
  public double[] amounts(Panel raw, int most) {
    double[] out = values(Field.AMOUNT, most);
    for (int k = 0; k < out.length; k++) {
      if (!(out[k] >= 0)) {
        int day = days[days.length - out.length + k];
        out[k] = raw.has(Field.VOLUME)
            ? raw.value(Field.VOLUME, instrument, day) * raw.value(Field.CLOSE, instrument, day)
            : Double.NaN;
      }
    }
    return out;
  }
}
