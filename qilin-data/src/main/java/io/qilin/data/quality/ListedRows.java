package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** No row lies before the first trading day of the listing, where that is known. */
final class ListedRows extends SeriesCheck {
  ListedRows() {
    super("row-before-listing", QualityDimension.VALIDITY, View.AS_READ, List.of(Field.CLOSE));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return series -> {
      SecurityTimeline timeline = input.securities().get(series.symbol());
      if (timeline == null) {
        return;
      }
      Optional<LocalDate> listed = timeline.statuses().stream()
          .map(SecurityStatus::listDate)
          .flatMap(Optional::stream)
          .min(LocalDate::compareTo);
      listed.ifPresent(first -> judge(series, first, findings));
    };
  }

  private static void judge(Series series, LocalDate listed, FindingList findings) {
    if (!series.day(0).isBefore(listed)) {
      findings.judged(series.length());
      return;
    }
    boolean[] exists = series.existing();
    for (int row = 0; row < exists.length; row++) {
      findings.judged(exists[row] ? 1 : 0);
      if (exists[row] && series.day(row).isBefore(listed)) {
        findings.bad(1);
        findings.place(
            QualitySeverity.ERROR,
            series.symbol(),
            series.day(row),
            Optional.empty(),
            Double.NaN,
            () -> "a row before the first trading day, " + listed);
      }
    }
  }
}
