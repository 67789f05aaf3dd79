package io.qilin.core.factor;

import io.qilin.api.market.Panel;
import java.util.SplittableRandom;

/**
 * As {@link MessyPanel}, but with numbers of a size that the plain evaluator's direct formulas bear: at most 100. Late
 * listings, holes, infinities, ties and runs of one value are there.
 */
final class CalmPanel {
  private CalmPanel() {}

  static Panel of(int instruments, int days, long seed) {
    return MessyPanel.of(instruments, days, seed, CalmPanel::series);
  }

  private static double[] series(SplittableRandom random, int rows, double holes) {
    double[] out = new double[rows];
    int kind = random.nextInt(4);
    double value = 10;
    for (int t = 0; t < rows; t++) {
      value = switch (kind) {
        case 0 -> value + random.nextDouble() - 0.5;
        case 1 -> random.nextInt(4);
        case 2 -> random.nextInt(5) > 0 ? value : random.nextInt(100) * 0.1;
        default -> Math.rint(random.nextDouble() * 1e4) / 100;
      };
      boolean infinite = holes > 0 && random.nextInt(150) == 0;
      out[t] = random.nextDouble() < holes
          ? Double.NaN
          : infinite ? (random.nextBoolean() ? 1 : -1) * Double.POSITIVE_INFINITY : value;
    }
    return out;
  }
}
