package io.qilin.core.factor.report;

import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.StudyConventions.Convention;
import java.util.List;

/** A study as lines of a terminal: first what was measured, then the tables, then the conventions. */
final class StudyText {
  private static final int WIDTH = 100;

  private final StudyReport report;

  StudyText(StudyReport report) {
    this.report = report;
  }

  String text() {
    StudyTables tables = new StudyTables(report.result());
    List<FactorStudy> all = report.ranked();
    StringBuilder out = new StringBuilder();
    wrap(out, report.title() + ": " + report.scope(), "");
    report.notices().forEach(notice -> wrap(out, notice, ""));
    wrap(out, report.outcomes(), "");
    report.result().fingerprint().ifPresent(hex -> wrap(out, "Data: SHA-256 " + hex, ""));
    wrap(out, report.trials(), "");
    out.append("\nSignificance over the main horizon\n\n").append(tables.summary(all));
    out.append("\nDecay by horizon\n\n").append(tables.decay(report.inDetail()));
    out.append("\nMean outcome by group over the main horizon\n\n").append(tables.groups(all));
    out.append("\nWhat did not count\n\n").append(tables.drops(all));
    out.append("\nConventions\n\n");
    for (Convention convention : report.result().conventions()) {
      wrap(out, convention.metric() + ": " + convention.text(), "  ");
    }
    return out.toString();
  }

  private static void wrap(StringBuilder out, String text, String indent) {
    int length = 0;
    for (String word : text.replaceAll("\\p{Cc}", " ").split(" ", -1)) {
      if (length > 0 && length + 1 + word.length() > WIDTH) {
        out.append('\n').append(indent);
        length = indent.length();
      } else if (length > 0) {
        out.append(' ');
        length++;
      }
      out.append(word);
      length += word.length();
    }
    out.append('\n');
  }
}
