package io.qilin.data.internal.bars;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.bars.AmountUnit;
import io.qilin.data.bars.VolumeUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings volume to shares and turnover to yuan. Where the units are not given it tries all pairs:
 * in the right one, turnover / volume is a price between the day's low and high. It decides only if
 * at least {@value #LEAST_ROWS} rows can be judged and 95 in 100 of them agree; a single row may be
 * wrong itself.
 */
final class UnitEvidence {
  private static final String RULE = "volume-and-amount-unit";
  private static final int LEAST_ROWS = 20;
  private static final double AGREEMENT = 0.95;
  private static final double SLACK = 0.01;

  private final BarSettings settings;
  private final BarTable table;
  private final FindingLog log;

  UnitEvidence(BarSettings settings, BarTable table, FindingLog log) {
    this.settings = settings;
    this.table = table;
    this.log = log;
  }

  /** A choice of both units. */
  private record Units(VolumeUnit volume, AmountUnit amount) {
    double yuanPerShare() {
      return (double) amount.yuan() / volume.shares();
    }

    @Override
    public String toString() {
      return volume + " and " + amount;
    }
  }

  /**
   * Scales the columns of volume and amount.
   *
   * @param adjustment how the prices of the table are adjusted
   */
  void convert(Adjustment adjustment) {
    Units units = units(adjustment);
    scale(Field.VOLUME, units.volume().shares());
    scale(Field.AMOUNT, units.amount().yuan());
  }

  private void scale(Field field, int by) {
    DoubleCells column = table.column(field);
    if (column != null && by != 1) {
      column.scale(by);
    }
  }

  private Units units(Adjustment adjustment) {
    boolean given =
        settings.volumeUnit() != VolumeUnit.AUTO && settings.amountUnit() != AmountUnit.AUTO;
    boolean nothing = table.column(Field.VOLUME) == null && table.column(Field.AMOUNT) == null;
    if (given || nothing) {
      return new Units(settings.volumeUnit(), settings.amountUnit());
    }
    return detected(adjustment);
  }

  private Units detected(Adjustment adjustment) {
    Units fallback = candidates().get(0);
    DoubleCells volume = table.column(Field.VOLUME);
    DoubleCells amount = table.column(Field.AMOUNT);
    DoubleCells low = table.column(Field.LOW);
    DoubleCells high = table.column(Field.HIGH);
    DoubleCells factor = adjustment == Adjustment.RAW ? null : table.column(Field.FACTOR);
    boolean comparable = adjustment == Adjustment.RAW || factor != null;
    if (volume == null || amount == null || low == null || high == null || !comparable) {
      return assumed(
          fallback, QualitySeverity.INFO, "turnover, volume and raw prices are not all there");
    }
    List<Units> candidates = candidates();
    int[] votes = new int[candidates.size()];
    int judged = 0;
    for (int row = 0; row < table.rows(); row++) {
      double f = AdjustmentEvidence.factorOf(factor, row);
      double least = low.get(row) / f * (1 - SLACK);
      double most = high.get(row) / f * (1 + SLACK);
      double price = amount.get(row) / volume.get(row);
      if (!(least > 0 && most >= least && price > 0 && price < Double.POSITIVE_INFINITY)) {
        continue;
      }
      judged++;
      for (int i = 0; i < votes.length; i++) {
        double candidate = price * candidates.get(i).yuanPerShare();
        votes[i] += candidate >= least && candidate <= most ? 1 : 0;
      }
    }
    if (judged < LEAST_ROWS) {
      return assumed(fallback, QualitySeverity.INFO, "only " + judged + " rows can be judged");
    }
    return elected(candidates, votes, judged, fallback);
  }

  private Units elected(List<Units> candidates, int[] votes, int judged, Units fallback) {
    int best = 0;
    for (int i = 1; i < votes.length; i++) {
      best = votes[i] > votes[best] ? i : best;
    }
    if (votes[best] < AGREEMENT * judged) {
      return assumed(
          fallback,
          QualitySeverity.WARNING,
          "turnover / volume lies between low and high in no unit for most of " + judged + " rows");
    }
    log.note(
        RULE,
        QualityDimension.CONSISTENCY,
        QualitySeverity.INFO,
        "volume and amount are in "
            + candidates.get(best)
            + ": turnover / volume then lies between low and high in "
            + votes[best]
            + " of "
            + judged
            + " rows");
    return candidates.get(best);
  }

  private Units assumed(Units units, QualitySeverity severity, String why) {
    log.note(
        RULE,
        QualityDimension.CONSISTENCY,
        severity,
        "volume and amount are taken as " + units + ", as nothing tells: " + why);
    return units;
  }

  private List<Units> candidates() {
    List<Units> all = new ArrayList<>();
    for (AmountUnit amount : AmountUnit.values()) {
      for (VolumeUnit volume : VolumeUnit.values()) {
        if (allowed(volume, settings.volumeUnit(), VolumeUnit.AUTO)
            && allowed(amount, settings.amountUnit(), AmountUnit.AUTO)) {
          all.add(new Units(volume, amount));
        }
      }
    }
    return all;
  }

  private static <T> boolean allowed(T unit, T setting, T auto) {
    return setting == auto ? unit != auto : unit == setting;
  }
}
