package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode.Severity;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each alert as one line to the log named {@code io.qilin.alert}: WARNING as warn, ERROR and CRITICAL as error. Whatever
 * a text of the alert holds, the line stays one. Thread-safe.
 */
public final class LogAlertSink implements AlertSink {
  private static final Logger LOG = LoggerFactory.getLogger("io.qilin.alert");
  private static final int LONGEST_TEXT = 4_096;

  /** A sink. */
  public LogAlertSink() {}

  @Override
  public void alert(Alert alert) {
    String line = line(alert);
    if (alert.severity() == Severity.WARNING) {
      LOG.warn("{}", line);
    } else {
      LOG.error("{}", line);
    }
  }

  /** For example {@code ALERT CRITICAL QILIN-2001 quality: refused {score=0.4}}. */
  static String line(Alert alert) {
    StringBuilder out = new StringBuilder("ALERT ")
        .append(alert.severity())
        .append(" QILIN-")
        .append(alert.code().number())
        .append(' ')
        .append(OneLine.of(alert.source(), LONGEST_TEXT))
        .append(": ")
        .append(OneLine.of(alert.message(), LONGEST_TEXT));
    if (!alert.figures().isEmpty()) {
      StringJoiner figures = new StringJoiner(", ", " {", "}");
      Figures.of(alert).forEach((name, value) -> figures.add(name + "=" + value));
      out.append(figures);
    }
    return out.toString();
  }
}
