package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of an alert as texts of bounded length. */
final class Figures {
  private static final int MOST = 32;
  private static final int LONGEST_NAME = 64;
  private static final int MOST_BITS = 512;

  private Figures() {}

  /** The first 32, by name. */
  static Map<String, String> of(Alert alert) {
    Map<String, String> texts = new LinkedHashMap<>();
    alert.figures().entrySet().stream()
        .limit(MOST)
        .forEach(each -> texts.put(OneLine.of(each.getKey(), LONGEST_NAME), text(each.getValue())));
    return texts;
  }

  /** A number with thousands of digits would take seconds to print. */
  private static String text(BigDecimal number) {
    return number.unscaledValue().bitLength() > MOST_BITS ? "too-long" : number.toString();
  }
}
