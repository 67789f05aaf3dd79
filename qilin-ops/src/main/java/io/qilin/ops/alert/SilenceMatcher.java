package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.Optional;

/**
 * Which alerts a silence is for: those that fit every part that is given. Immutable.
 *
 * @param source of the alert, for example {@code rule:system_latency}; a {@code *} at its end stands for any rest
 * @param code of the alert
 * @param upTo the worst severity that is silenced; ERROR unless CRITICAL is named
 */
public record SilenceMatcher(Optional<String> source, Optional<ErrorCode> code, Severity upTo) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT if it would silence everything
   */
  public SilenceMatcher {
    Objects.requireNonNull(upTo, "upTo");
    boolean any =
        code.isEmpty() && source.map(text -> text.isBlank() || text.equals("*")).orElse(true);
    if (any) {
      throw QilinException.invalid("a silence names a source or a code; not all alerts at once");
    }
  }

  /** Alerts of a source, or of all whose names begin as what stands before a final {@code *}. */
  public static SilenceMatcher source(String source) {
    return new SilenceMatcher(Optional.of(source), Optional.empty(), Severity.ERROR);
  }

  /** Alerts of a code. */
  public static SilenceMatcher code(ErrorCode code) {
    return new SilenceMatcher(Optional.empty(), Optional.of(code), Severity.ERROR);
  }

  /** The same up to another severity. */
  public SilenceMatcher upTo(Severity worst) {
    return new SilenceMatcher(source, code, worst);
  }

  /** Whether an alert fits. */
  public boolean matches(Alert alert) {
    return alert.severity().compareTo(upTo) <= 0
        && code.map(alert.code()::equals).orElse(true)
        && source.map(text -> fits(text, alert.source())).orElse(true);
  }

  private static boolean fits(String pattern, String source) {
    return pattern.endsWith("*")
        ? source.startsWith(pattern.substring(0, pattern.length() - 1))
        : source.equals(pattern);
  }
}
