package io.qilin.benchmarks;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.time.ZoneOffset;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/** One instrument of a panel as ta4j reads it, in its number type for {@code double}. */
final class Ta4jSeries {
  private Ta4jSeries() {}

  static BarSeries of(Panel panel, int instrument) {
    BarSeries series = new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
    for (int d = 0; d < panel.days().size(); d++) {
      series.addBar(
          panel.days().get(d).atStartOfDay(ZoneOffset.UTC),
          panel.value(Field.OPEN, instrument, d),
          panel.value(Field.HIGH, instrument, d),
          panel.value(Field.LOW, instrument, d),
          panel.value(Field.CLOSE, instrument, d),
          panel.value(Field.VOLUME, instrument, d));
    }
    return series;
  }

  /** All values of an indicator, in order, as ta4j computes and caches them. */
  static void copy(Indicator<Num> indicator, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = indicator.getValue(i).doubleValue();
    }
  }
}
