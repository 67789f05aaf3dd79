package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes docs/errors.md from {@link ErrorCode}, its Javadoc and {@link ErrorAdvice}. */
final class ErrorPage {
  private static final int RANGE = 1000;
  private static final String[] TITLES = {
    "General", "Data", "Analysis and language models", "Trading", "System", "Security"
  };

  private final StringBuilder page = new StringBuilder();
  private final Map<ErrorCode, String> meanings;

  private ErrorPage() throws IOException {
    meanings = ErrorSource.meanings();
  }

  static String text() throws IOException {
    return new ErrorPage().write();
  }

  private String write() {
    page.append("""
        # Errors

        Generated from `io.qilin.api.error.ErrorCode` by `ErrorPageTest`; do not edit.

        Whatever Qilin throws on purpose is a `QilinException`. Its message begins with `QILIN-` and the number, and says what was
        wrong, where, and how to mend it; decide by `code()`, never by the text. A number never changes its meaning.

        "Retry" says whether the same call may succeed later without a change. "Instead" is what a host does meanwhile;
        `io.qilin.ops.error.DegradationTable` does it, and what comes back says in its type and its printed form that it is no good
        answer:

        | instead | `Degradation` | `StandIn` |
        |---|---|---|
        """);
    for (Degradation each : Degradation.values()) {
      row(ErrorAdvice.instead(each), code(each.name()), code(standIn(each)));
    }
    page.append("""

        Risk and security never fall back: no copy and no rule is asked, and `Resilience` asks no fallback. A stranger is told a
        `PublicError`, one sentence that depends on the code alone and a correlation id; `ErrorReports` writes the rest into the log.
        What is none of Qilin's is taken by its type (`ForeignError`), else as 1000.
        """);
    for (int range = 0; range < TITLES.length; range++) {
      range(range);
    }
    return page.toString();
  }

  private void range(int range) {
    page.append("\n## ").append(TITLES[range]).append("\n\n");
    page.append("| number | code | meaning | severity | retry | instead | how to mend it |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    Arrays.stream(ErrorCode.values())
        .filter(code -> code.number() / RANGE == range + 1)
        .sorted(Comparator.comparingInt(ErrorCode::number))
        .forEach(this::line);
  }

  private void line(ErrorCode code) {
    row(
        String.valueOf(code.number()),
        code(code.name()),
        Objects.requireNonNull(meanings.get(code), code.name()),
        code.severity().name().toLowerCase(Locale.ROOT),
        code.retryable() ? "yes" : "no",
        ErrorAdvice.instead(code.degradation()),
        ErrorAdvice.mend(code));
  }

  private static String standIn(Degradation degradation) {
    return switch (degradation) {
      case NONE -> "Reported";
      case CACHED_DATA -> "StaleCopy";
      case ABSTAIN -> "Abstained";
      case RULES -> "ByRules";
      case MANUAL_INTERVENTION -> "PutAside";
      case STOP_TRADING -> "Stopped";
      case REFUSE -> "Refused";
    };
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private void row(String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
