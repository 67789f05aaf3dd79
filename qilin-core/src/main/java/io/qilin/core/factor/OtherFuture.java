package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.util.SplittableRandom;

/** Makes panels that agree up to a day and differ at random after it. */
final class OtherFuture {
  private static final double LOST = 0.05;

  private OtherFuture() {}

  /**
   * The same until the day of that place. Later on every value is multiplied by a random number from 0.5 to 1.5, or lost with
   * a chance of 5 %; one that is unknown, 0 or infinite becomes the number itself, and a volume becomes 0 with a chance of 5 %, as
   * shares are suspended and taken up again.
   */
  static Panel after(Panel panel, int cut, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      int from = panel.firstRow(i);
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        for (int k = Math.max(0, cut + 1 - from); k < values.length; k++) {
          double factor = 0.5 + random.nextDouble();
          double fate = random.nextDouble();
          if (fate < LOST) {
            values[k] = Double.NaN;
          } else if (fate < 2 * LOST && field.equals(Field.VOLUME)) {
            values[k] = 0;
          } else {
            boolean plain = Double.isFinite(values[k]) && values[k] != 0;
            values[k] = plain ? values[k] * factor : factor;
          }
        }
        builder.column(panel.symbols().get(i), field, from, values);
      }
    }
    return builder.build();
  }
}
