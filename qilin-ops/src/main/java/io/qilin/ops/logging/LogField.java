package io.qilin.ops.logging;

import java.util.Map;

/** What every line of a trading host is about, with what stands there when nobody said so. */
public enum LogField {
  /** The instrument, for example {@code 600519.SH}; {@code N/A} unless set. */
  STOCK("stock", "N/A"),
  /** The strategy that acts; {@code GLOBAL} unless set. */
  STRATEGY("strategy", "GLOBAL"),
  /** The signal that is followed, for example {@code BUY}; {@code NONE} unless set. */
  SIGNAL("signal", "NONE");

  private final String key;
  private final String otherwise;

  LogField(String key, String otherwise) {
    this.key = key;
    this.otherwise = otherwise;
  }

  /** The key in the MDC (mapped diagnostic context) of SLF4J, and the name of the field in a line. */
  public String key() {
    return key;
  }

  /** What stands in a line where nothing was set. */
  public String otherwise() {
    return otherwise;
  }

  /** What the fields of an event say, or {@link #otherwise}. */
  public String in(Map<String, String> fields) {
    String value = fields.get(key);
    return value == null ? otherwise : value;
  }
}
