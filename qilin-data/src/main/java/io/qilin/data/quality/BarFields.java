package io.qilin.data.quality;

import io.qilin.api.market.Field;
import java.util.List;

/** The fields of a daily bar in the groups that the checks use. */
final class BarFields {
  /** Open, high, low, close. */
  static final List<Field> OHLC = List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE);

  /** All prices. */
  static final List<Field> PRICES =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VWAP, Field.PRE_CLOSE);

  /** What a bar must have. */
  static final List<Field> REQUIRED =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME);

  /** What a bar may have. */
  static final List<Field> OPTIONAL =
      List.of(Field.VWAP, Field.AMOUNT, Field.FACTOR, Field.PRE_CLOSE);

  private BarFields() {}
}
