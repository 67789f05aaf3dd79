package io.qilin.data.qlib;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.nio.file.Path;

/** Finds out how the prices of a store are adjusted, from where the factors begin and end. */
final class FactorEnds {
  private static final int LOOK = 64;
  private static final double ROUNDING = 1e-6;

  private FactorEnds() {}

  /** The adjustment, by a majority of the instruments whose factor is not 1 at both ends. */
  static Adjustment adjustment(QlibStore store) {
    int forward = 0;
    int backward = 0;
    for (Symbol symbol : store.instruments().keySet()) {
      Path file = store.files(symbol).get(Field.FACTOR);
      if (file != null) {
        double[] ends;
        try (BinFile bin = store.bin(symbol, Field.FACTOR, file)) {
          ends = bin.ends(LOOK);
        }
        boolean one = Math.abs(ends[0] - 1) <= ROUNDING && Math.abs(ends[1] - 1) <= ROUNDING;
        boolean known = !Double.isNaN(ends[0]) && !Double.isNaN(ends[1]);
        boolean upToOne = ends[0] < 1 - ROUNDING && ends[1] <= 1 + ROUNDING;
        forward += known && !one && upToOne ? 1 : 0;
        backward += known && !one && !upToOne ? 1 : 0;
      }
    }
    if (forward + backward == 0) {
      return Adjustment.RAW;
    }
    return forward > backward ? Adjustment.FORWARD : Adjustment.BACKWARD;
  }
}
