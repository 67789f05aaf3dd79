package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts a failure in two: what a stranger may be told, a {@link PublicError}, and one line in the log that says everything, under
 * one correlation id. Safe for use by several threads if its {@code masked} is.
 */
public final class ErrorReports {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReports.class);
  private static final int ID_BYTES = 16;

  private final SecureRandom random;
  private final UnaryOperator<String> masked;

  private ErrorReports(SecureRandom random, UnaryOperator<String> masked) {
    this.random = random;
    this.masked = masked;
  }

  /** Reports whose lines hide passwords in addresses, and values after words such as {@code password=} and {@code token:}. */
  public static ErrorReports of(SecureRandom random) {
    return new ErrorReports(Objects.requireNonNull(random, "random"), line -> line);
  }

  /**
   * Reports that hide more: personal data for example.
   *
   * @param more gets a line in which secrets are hidden already; if it throws, the line is not logged, only the code is
   */
  public ErrorReports withMasking(UnaryOperator<String> more) {
    return new ErrorReports(random, Objects.requireNonNull(more, "more"));
  }

  /**
   * Writes the line and says what may be told. Anything can be reported: what is none of Qilin's has the code {@link
   * ErrorCode#UNKNOWN} unless its type says more.
   */
  public PublicError report(Throwable thrown) {
    ErrorCode code = ForeignError.codeOf(thrown);
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String correlationId = HexFormat.of().formatHex(id);
    log(code.severity(), "[" + correlationId + "] " + code + " " + line(thrown));
    return PublicError.of(code, correlationId);
  }

  private String line(Throwable thrown) {
    String line = ErrorLine.of(thrown);
    try {
      return ErrorLine.flat(Objects.requireNonNull(masked.apply(line), "masked"));
    } catch (RuntimeException e) {
      return "(not shown: the masking failed with " + e.getClass().getName() + ")";
    }
  }

  private static void log(Severity severity, String line) {
    if (severity == Severity.WARNING) {
      LOG.warn(line);
    } else {
      LOG.error(line);
    }
  }
}
