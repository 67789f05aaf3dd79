package io.qilin.data.internal.bars;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.internal.Place;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the prices of a file are adjusted, from {@code close}, {@code raw_close} and {@code
 * factor}: adjusted prices are raw × factor; a backward factor begins at 1 and rises, a forward one
 * rises up to 1. A series scaled otherwise, for example to a first close of 1, must be declared.
 */
final class AdjustmentEvidence {
  private static final String RULE = "price-adjustment";
  private static final Field RAW_CLOSE = Field.of("raw_close");

  /** Adjusted prices are rounded by vendors: to a cent, or to five significant digits. */
  private static final double ROUNDING_YUAN = 0.0051;

  private static final double ROUNDING = 1e-4;

  private static final double ANCHOR = 1e-6;

  private final BarSettings settings;
  private final BarTable table;
  private final FindingLog log;

  AdjustmentEvidence(BarSettings settings, BarTable table, FindingLog log) {
    this.settings = settings;
    this.table = table;
    this.log = log;
  }

  /**
   * The adjustment of the prices; what was found out is noted.
   *
   * @throws QilinException DATA_FORMAT if the columns contradict each other or do not tell
   */
  Adjustment adjustment() {
    if (settings.adjustment().isPresent()) {
      return settings.adjustment().get();
    }
    DoubleCells factor = table.column(Field.FACTOR);
    if (factor == null) {
      return found(Adjustment.RAW, "there is no factor column");
    }
    if (allOne(factor)) {
      return found(Adjustment.RAW, "the factor is 1 everywhere");
    }
    DoubleCells close = table.column(Field.CLOSE);
    DoubleCells raw = table.column(RAW_CLOSE);
    return close == null || raw == null ? unexplained() : compared(close, raw, factor);
  }

  private Adjustment found(Adjustment adjustment, String why) {
    log.note(
        RULE,
        QualityDimension.CONSISTENCY,
        QualitySeverity.INFO,
        "prices are taken as " + adjustment + ": " + why);
    return adjustment;
  }

  private boolean allOne(DoubleCells factor) {
    for (int row = 0; row < table.rows(); row++) {
      double f = factor.get(row);
      if (!Double.isNaN(f) && Math.abs(f - 1) > 1e-12) {
        return false;
      }
    }
    return true;
  }

  private Adjustment unexplained() {
    if (settings.profile() == BarProfile.GENERIC) {
      return found(Adjustment.BACKWARD, "there is a factor, but no raw_close to compare with");
    }
    throw new QilinException(
        ErrorCode.DATA_FORMAT,
        Place.name(settings.path())
            + ": there is a factor column but no raw_close, so it cannot be told whether the prices"
            + " are adjusted; set the adjustment to RAW, FORWARD or BACKWARD");
  }

  private Adjustment compared(DoubleCells close, DoubleCells raw, DoubleCells factor) {
    int firstRaw = -1;
    int firstAdjusted = -1;
    Anchors anchors = new Anchors(table.symbols().size());
    for (int row = 0; row < table.rows(); row++) {
      double c = close.get(row);
      double r = raw.get(row);
      double f = factor.get(row);
      if (!Double.isFinite(c) || !Double.isFinite(r) || !Double.isFinite(f)) {
        continue;
      }
      boolean asRaw = Math.abs(c - r) <= 1e-9 * Math.abs(r);
      boolean asAdjusted = Math.abs(c - r * f) <= ROUNDING * Math.abs(c) + ROUNDING_YUAN;
      if (asAdjusted && !asRaw) {
        firstAdjusted = firstAdjusted < 0 ? row : firstAdjusted;
      } else if (asRaw && !asAdjusted) {
        firstRaw = firstRaw < 0 ? row : firstRaw;
      } else if (!asRaw) {
        throw contradiction(row, c, r, f, "fits neither");
      }
      if (firstRaw >= 0 && firstAdjusted >= 0) {
        throw contradiction(row, c, r, f, "and an earlier row fit different adjustments");
      }
      anchors.add(table.symbolNumber(row), table.epochDay(row), f);
    }
    if (firstAdjusted < 0) {
      return found(Adjustment.RAW, "close equals raw_close");
    }
    return anchors.forward()
        ? found(Adjustment.FORWARD, "close is raw_close × factor, and the factor rises up to 1")
        : found(
            Adjustment.BACKWARD,
            "close is raw_close × factor, and the factor begins at 1 or exceeds it");
  }

  private QilinException contradiction(int row, double c, double r, double f, String how) {
    return table
        .place(row)
        .malformed("close "
            + c
            + ", raw_close "
            + r
            + " and factor "
            + f
            + " of "
            + table.symbol(row)
            + " on "
            + table.day(row)
            + ": this row "
            + how
            + ", where close is raw_close or raw_close × factor; mend the row or set the"
            + " adjustment");
  }

  /** Where each instrument's factor begins, and how far up it goes. */
  private static final class Anchors {
    private final int[] firstDay;
    private final double[] first;
    private final double[] most;

    Anchors(int instruments) {
      firstDay = new int[instruments];
      first = new double[instruments];
      most = new double[instruments];
      Arrays.fill(firstDay, Integer.MAX_VALUE);
    }

    void add(int instrument, int day, double factor) {
      if (day < firstDay[instrument]) {
        firstDay[instrument] = day;
        first[instrument] = factor;
      }
      most[instrument] = Math.max(most[instrument], factor);
    }

    /**
     * Whether the factor of most instruments rises up to 1 rather than from 1. Cutting off the end
     * of a series does not change the answer.
     */
    boolean forward() {
      int votes = 0;
      for (int i = 0; i < first.length; i++) {
        boolean always1 = first[i] == 1 && most[i] == 1;
        if (firstDay[i] < Integer.MAX_VALUE && !always1) {
          votes += first[i] < 1 - ANCHOR && most[i] <= 1 + ANCHOR ? 1 : -1;
        }
      }
      return votes > 0;
    }
  }

  /** The factor of a row, 1 where there is none. */
  static double factorOf(@Nullable DoubleCells factor, int row) {
    return factor == null ? 1 : factor.get(row);
  }
}
