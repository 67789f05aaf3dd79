package io.qilin.ops.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON writes them; null for anything else and for what the type cannot hold. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,18})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,99})(?:\\.[0-9]{1,100})?(?:[eE][+-]?[0-9]{1,3})?");
  private static final int DIGITS = 100;

  private Numbers() {}

  static @Nullable Integer few(String text) {
    Long value = many(text);
    boolean fits = value != null && value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
    return fits ? Integer.valueOf(text) : null;
  }

  static @Nullable Long many(String text) {
    try {
      return WHOLE.matcher(text).matches() ? Long.valueOf(text) : null;
    } catch (NumberFormatException beyond) {
      return null;
    }
  }

  /** Null too for what is not zero and would become zero. */
  static @Nullable Double real(String text) {
    BigDecimal exact = decimal(text);
    double value = exact == null ? Double.NaN : Double.parseDouble(text);
    boolean vanished = exact != null && exact.signum() != 0 && value == 0;
    return Double.isFinite(value) && !vanished ? value : null;
  }

  static @Nullable BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    return value.precision() <= DIGITS ? value : null;
  }
}
