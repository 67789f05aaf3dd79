package io.qilin.api.alert;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Something a person should know.
 *
 * @param at when it was noticed
 * @param code what kind of trouble it is
 * @param source which part of Qilin noticed, for example {@code quality}
 * @param message one line, without secrets
 * @param severity how bad it is; the code's, unless the place where it happened says otherwise
 * @param figures the numbers in it by name, for example {@code required} and {@code available}, in
 *     the unit that the message states
 */
public record Alert(
    Instant at,
    ErrorCode code,
    String source,
    String message,
    Severity severity,
    Map<String, BigDecimal> figures) {
  /** Checks the parts and copies the figures, sorted by name. */
  public Alert {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(severity, "severity");
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** An alert as bad as its code, without figures. */
  public Alert(Instant at, ErrorCode code, String source, String message) {
    this(at, code, source, message, Objects.requireNonNull(code, "code").severity(), Map.of());
  }
}
