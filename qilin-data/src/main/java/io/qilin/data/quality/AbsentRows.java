package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Between its first and its last row an instrument has a row for every session, suspensions aside. Counts cells, a row
 * having as many as {@link MissingValues} counts.
 *
 * <p>A bar file leaves suspended days out, and nothing in it says that they were. Two things prove that rows are absent:
 * a session on which nobody has a row although {@value #CROWD} or more instruments were alive, and a reference price
 * after the gap that is not the close before it, without a change of the factor. Of the other gaps those that the
 * reference price bridges, ex-dates aside, are told as INFO, those about which nothing is known as WARNING; neither lowers the score.
 */
final class AbsentRows extends SeriesCheck {
  static final int CROWD = 5;

  AbsentRows() {
    super("absent-row", QualityDimension.COMPLETENESS, View.AS_READ, List.of(Field.CLOSE));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return new Pass(input, panel, findings);
  }

  private static final class Pass implements Judge {
    private final Panel panel;
    private final FindingList findings;
    private final Sessions chinese;
    private final Sessions other;
    private final int cells;

    /** The rows that exist, of the instruments not yet judged. */
    private final Deque<boolean[]> rows = new ArrayDeque<>();

    private long bridged;
    private long unknown;
    private int bridgedSeries;
    private int unknownSeries;

    Pass(QualityInput input, Panel panel, FindingList findings) {
      this.panel = panel;
      this.findings = findings;
      this.chinese = Sessions.of(panel, input.calendar());
      this.other = Sessions.of(panel, Optional.empty());
      this.cells = MissingValues.fields(panel).size();
      count(panel);
    }

    /** Counts who is alive and who has a row on each session. */
    private void count(Panel panel) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        Series series = new Series(panel, i);
        boolean[] exists = series.existing();
        rows.add(exists);
        sessions(series).count(series, exists);
      }
      chinese.counted();
      other.counted();
    }

    private Sessions sessions(Series series) {
      return series.symbol().exchange() == Exchange.OTHER ? other : chinese;
    }

    @Override
    public void judge(Series series) {
      Sessions sessions = sessions(series);
      boolean[] exists = rows.remove();
      Bridge bridge = new Bridge(series, panel);
      long bridgedBefore = bridged;
      long unknownBefore = unknown;
      int before = -1;
      long count = 0;
      for (int row = 0; row < exists.length; row++) {
        if (!exists[row]) {
          continue;
        }
        count++;
        if (before >= 0) {
          gap(series, sessions, bridge, before, row);
        }
        before = row;
      }
      findings.judged(count * cells);
      bridgedSeries += bridged > bridgedBefore ? 1 : 0;
      unknownSeries += unknown > unknownBefore ? 1 : 0;
    }

    private void gap(Series series, Sessions sessions, Bridge bridge, int before, int row) {
      int from = sessions.after(series.first() + before);
      int to = sessions.at(series.first() + row);
      if (to <= from) {
        return;
      }
      int deserted = sessions.deserted(from, to);
      int gap = to - from;
      Optional<Boolean> holds = gap > deserted ? bridge.holds(before, row) : Optional.empty();
      boolean torn = holds.isPresent() && !holds.get();
      int absent = torn ? gap : deserted;
      if (absent > 0) {
        findings.judged((long) absent * cells);
        findings.bad((long) absent * cells);
        findings.place(
            QualitySeverity.ERROR,
            series.symbol(),
            series.day(row),
            Optional.empty(),
            absent,
            () -> absent + " sessions before this day have no row"
                + (torn
                    ? ", and its reference price is not the close before them"
                    : ", nor has any other instrument"));
      }
      if (holds.isPresent()) {
        bridged += gap - absent;
      } else {
        unknown += gap - absent;
      }
    }

    @Override
    public void end() {
      if (bridged > 0) {
        findings.note(
            QualitySeverity.INFO,
            Optional.empty(),
            (double) bridged,
            bridged + " sessions of " + bridgedSeries
                + " instruments have no row and look like suspensions: the reference price continues");
      }
      if (unknown > 0) {
        findings.note(
            QualitySeverity.WARNING,
            Optional.empty(),
            (double) unknown,
            unknown + " sessions of " + unknownSeries
                + " instruments have no row; without a reference price that continues the close before, a suspension"
                + " cannot be told from a gap");
      }
    }
  }

  /** Whether the reference price after a gap continues the close before it. */
  private static final class Bridge {
    private static final double TICK = 0.01;

    /** By how much the ratio of two written-out factors may be off. */
    private static final double RATIO_TOLERANCE = 0.005;

    private final double[] close;
    private final double[] reference;
    private final double[] factor;
    private final boolean raw;
    private final boolean hasFactor;

    Bridge(Series series, Panel panel) {
      close = series.column(Field.CLOSE);
      reference = series.column(Field.PRE_CLOSE);
      factor = series.column(Field.FACTOR);
      raw = panel.adjustment() == Adjustment.RAW;
      hasFactor = panel.has(Field.FACTOR);
    }

    /** Empty if nothing is known about it. */
    Optional<Boolean> holds(int before, int row) {
      double last = raw ? close[before] : close[before] / factor[before];
      if (Double.isNaN(last) || Double.isNaN(reference[row])) {
        return Optional.empty();
      }
      if (Math.abs(last - reference[row]) < 1.5 * TICK) {
        return Optional.of(true);
      }
      double payout = hasFactor ? factor[row] / factor[before] : Double.NaN;
      if (Math.abs(last / payout - reference[row]) < 2 * TICK + RATIO_TOLERANCE * last) {
        return Optional.of(true);
      }
      return Math.abs(payout - 1) < 1e-7 ? Optional.of(false) : Optional.empty();
    }
  }
}
