package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.testkit.Panels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small data sets written in the tests. */
final class Fixtures {
  /** 2024-01-05 is a Friday; this is Sunday noon in Shanghai. */
  static final Instant SUNDAY = Instant.parse("2024-01-07T04:00:00Z");

  /** Four good days of one share. */
  static final String GOOD = """
      day        symbol    open   high   low    close  vwap   volume amount   factor pre_close
      2024-01-02 600519.SH 10.00  10.20  9.90   10.10  10.05  2000   20100    1.0    9.95
      2024-01-03 600519.SH 10.10  10.50  10.10  10.40  10.30  3000   30900    1.0    10.10
      2024-01-04 600519.SH 10.40  10.40  10.00  10.00  10.20  1000   10200    1.0    10.40
      2024-01-05 600519.SH 10.00  10.10  9.80   10.05  10.00  2500   25000    1.0    10.00
      """;

  private Fixtures() {}

  static QualityInput good() {
    return raw(GOOD);
  }

  /** The good days with one text replaced by another. */
  static QualityInput but(String from, String to) {
    if (!GOOD.contains(from)) {
      throw new AssertionError("not in the fixture: " + from);
    }
    return raw(GOOD.replace(from, to));
  }

  static QualityInput raw(String table) {
    return input(Panels.table(Adjustment.RAW, table));
  }

  static QualityInput input(Panel panel) {
    return input(panel, List.of(), Map.of());
  }

  static QualityInput input(
      Panel panel, List<QualityFinding> findings, Map<Symbol, SecurityTimeline> securities) {
    Bars bars =
        new Bars(panel, new Provenance("test", "fixture", true), Judgement.rows(panel), findings);
    return new QualityInput(bars, securities, Optional.of(AShareCalendar.load()), SUNDAY);
  }
}
