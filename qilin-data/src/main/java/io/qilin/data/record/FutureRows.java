package io.qilin.data.record;

import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.MarketRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps back records that say they became public after the present moment: nobody can know them, so that something is
 * wrong with the file or the clock. Each is a finding {@code record-from-the-future}, at most 100, then one with the rest.
 */
final class FutureRows {
  private static final String RULE = "record-from-the-future";
  private static final int MOST = 100;
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final Optional<Instant> now;
  private final List<QualityFinding> findings = new ArrayList<>();
  private long found;

  /**
   * A judge.
   *
   * @param now the present moment; empty to let everything pass
   */
  FutureRows(Optional<Instant> now) {
    this.now = now;
  }

  /** Whether the record cannot be known yet. */
  boolean keepsBack(MarketRecord record, RecordPlace place) {
    if (now.isEmpty() || !record.asOf().isAfter(now.get())) {
      return false;
    }
    if (found++ < MOST) {
      findings.add(finding(
          record.symbol(),
          Optional.of(record.asOf().atZone(SHANGHAI).toLocalDate()),
          place + ": the record became public at " + record.asOf() + ", after the present "
              + now.get() + "; it is left out"));
    }
    return true;
  }

  /** What was kept back. */
  List<QualityFinding> findings() {
    List<QualityFinding> all = new ArrayList<>(findings);
    if (found > MOST) {
      all.add(finding(
          Optional.empty(),
          Optional.empty(),
          (found - MOST) + " more records became public after the present and are left out"));
    }
    return all;
  }

  private static QualityFinding finding(
      Optional<Symbol> symbol, Optional<LocalDate> day, String message) {
    return new QualityFinding(
        RULE,
        QualityDimension.TIMELINESS,
        QualitySeverity.ERROR,
        symbol,
        day,
        Optional.empty(),
        Double.NaN,
        message);
  }
}
