package io.qilin.ops.logging;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The fields of a thread and the scopes that are open on it, taken away and put back whole. */
final class CarriedFields {
  private final @Nullable Map<String, String> fields;
  private final @Nullable LogScope youngest;

  private CarriedFields(@Nullable Map<String, String> fields, @Nullable LogScope youngest) {
    this.fields = fields;
    this.youngest = youngest;
  }

  /** Those of this thread. */
  static CarriedFields here() {
    return new CarriedFields(MDC.getCopyOfContextMap(), LogScope.youngest());
  }

  /** Gives this thread these fields and no scopes; what it had before. */
  CarriedFields enter() {
    CarriedFields own = here();
    LogScope.youngest(null);
    put();
    return own;
  }

  /** Gives this thread back what it had, whatever was left open since. */
  void restore() {
    LogScope.youngest(youngest);
    put();
  }

  private void put() {
    if (fields == null || fields.isEmpty()) {
      MDC.clear();
    } else {
      MDC.setContextMap(fields);
    }
  }
}
