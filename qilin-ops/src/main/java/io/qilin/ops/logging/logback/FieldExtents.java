package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.LogField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the fields of an event were.
 *
 * @param stock its value
 * @param strategy its value
 * @param signal its value
 * @param others the names and values of all others
 */
record FieldExtents(Extent stock, Extent strategy, Extent signal, Extent others) {
  static final FieldExtents NONE =
      new FieldExtents(Extent.NONE, Extent.NONE, Extent.NONE, Extent.NONE);

  static FieldExtents of(Map<String, String> fields) {
    if (fields.isEmpty()) {
      return NONE;
    }
    long others = 0;
    boolean cut = false;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      int length = length(field.getKey()) + length(field.getValue());
      others += length;
      cut |= length > HeldText.SHOWN;
    }
    for (LogField field : LogField.values()) {
      String value = fields.get(field.key());
      others -= value == null ? 0 : field.key().length() + value.length();
    }
    return new FieldExtents(
        one(fields, LogField.STOCK),
        one(fields, LogField.STRATEGY),
        one(fields, LogField.SIGNAL),
        new Extent(others, cut && others > HeldText.SHOWN));
  }

  private static Extent one(Map<String, String> fields, LogField field) {
    String value = fields.get(field.key());
    return value == null ? Extent.NONE : Extent.of(value);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  Extent of(LogField field) {
    return switch (field) {
      case STOCK -> stock;
      case STRATEGY -> strategy;
      case SIGNAL -> signal;
    };
  }

  /** Of what is left when each value is cut and others perhaps are gone. */
  FieldExtents shortened(int most, boolean othersGone) {
    return new FieldExtents(
        stock.cutIf(stock.length() > most),
        strategy.cutIf(strategy.length() > most),
        signal.cutIf(signal.length() > most),
        others.cutIf(othersGone));
  }
}
