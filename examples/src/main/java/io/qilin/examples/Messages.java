package io.qilin.examples;

import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.Bars;
import java.util.List;

/** What a person is told beside the data. */
final class Messages {
  private static final int MOST = 5;

  private Messages() {}

  /** The same error with the place, a file perhaps with a line, before its message. */
  static QilinException at(String place, QilinException e) {
    String message = String.valueOf(e.getMessage());
    return new QilinException(
        e.code(), place + ": " + message.substring(message.indexOf(' ') + 1), e);
  }

  /** What was mended while reading, but for the harmless; the first few. */
  static void readingFindings(Terminal terminal, Bars bars) {
    List<QualityFinding> worth = bars.findings().stream()
        .filter(finding -> finding.severity() != QualitySeverity.INFO)
        .toList();
    worth.stream().limit(MOST).forEach(finding -> terminal.say("warning: " + finding.message()));
    if (worth.size() > MOST) {
      terminal.say("warning: and " + (worth.size() - MOST)
          + " more of this kind; 'qilin quality' lists them");
    }
  }
}
