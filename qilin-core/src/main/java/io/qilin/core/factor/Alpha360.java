package io.qilin.core.factor;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Qlib's Alpha360: the last 60 days of close, open, high, low and vwap over today's close, and of volume over today's,
 * oldest first, with Qlib's names, expressions and order.
 */
public final class Alpha360 {
  private static final int DAYS = 60;
  private static final FactorSet FACTORS = new FactorSet("alpha360", make());

  private Alpha360() {}

  /** The 360 factors. */
  public static FactorSet factors() {
    return FACTORS;
  }

  private static List<Factor> make() {
    List<Factor> factors = new ArrayList<>();
    for (Field field : List.of(Field.CLOSE, Field.OPEN, Field.HIGH, Field.LOW, Field.VWAP)) {
      addDays(factors, field, "$close");
    }
    addDays(factors, Field.VOLUME, "($volume+1e-12)");
    return factors;
  }

  private static void addDays(List<Factor> factors, Field field, String divisor) {
    for (int lag = DAYS - 1; lag >= 0; lag--) {
      factors.add(Alpha158.lagged(field, lag, divisor));
    }
  }
}
