package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares amount / volume with the day's prices in each of the units that vendors use; in which of them the table is
 * follows from the median of all rows at the end.
 */
final class AveragePriceTally extends Tally {
  private static final double[] SCALES = {1, 100, 0.1, 1e-3, 1e-4, 0.01, 10};
  private static final List<String> MEANS = List.of(
      "",
      "volume looks like lots of 100 shares",
      "volume looks like lots of 100 shares and amount like thousands of yuan",
      "amount looks like thousands of yuan",
      "amount looks like ten thousands of yuan (万元)",
      "volume looks like lots of 100 shares and amount like ten thousands of yuan",
      "amount looks like ten times a yuan");
  private static final double UNIT_TOLERANCE = 0.25;
  private static final long ENOUGH = 20;
  private static final double PRICE_STEP = 1e-6;

  private final TableCheck.AveragePrice check;
  private final int amount;
  private final int volume;
  private final int low;
  private final int high;
  private final LogBins ratios = new LogBins();
  private final long[] bad = new long[SCALES.length];
  private final List<FindingLog> findings = new ArrayList<>();
  private long judged;

  AveragePriceTally(TableRule rule, TableCheck.AveragePrice check, TableSchema schema) {
    super(rule);
    this.check = check;
    this.amount = Columns.number(schema, check.amount());
    this.volume = Columns.number(schema, check.volume());
    this.low = Columns.number(schema, check.low());
    this.high = Columns.number(schema, check.high());
    for (int i = 0; i < SCALES.length; i++) {
      findings.add(new FindingLog(rule));
    }
  }

  @Override
  void add(Block block) {
    double[] yuan = block.numbers(amount);
    double[] shares = block.numbers(volume);
    double[] bottom = block.numbers(low);
    double[] top = block.numbers(high);
    for (int row = 0; row < block.size(); row++) {
      if (shares[row] > 0 && yuan[row] >= 0 && bottom[row] > 0 && top[row] >= bottom[row]) {
        judged++;
        double average = yuan[row] / shares[row];
        ratios.add(average / (0.5 * (bottom[row] + top[row])));
        for (int unit = 0; unit < SCALES.length; unit++) {
          judge(block, row, unit, average / SCALES[unit], bottom[row], top[row]);
        }
      }
    }
  }

  private void judge(Block block, int row, int unit, double average, double bottom, double top) {
    if (average >= bottom - PRICE_STEP && average <= top + PRICE_STEP) {
      return;
    }
    double shares = block.numbers(volume)[row] * (isLots(unit) ? 100 : 1);
    double slack = PRICE_STEP + rounding(average, shares);
    if (average < bottom - slack || average > top + slack) {
      bad[unit]++;
      if (!findings.get(unit).keeps(block.part(), block.row(row))) {
        return;
      }
      findings
          .get(unit)
          .add(
              block,
              row,
              check.amount(),
              block.numbers(amount)[row],
              check.amount() + " / " + check.volume() + " is " + average
                  + " yuan a share, outside low " + bottom + " and high " + top);
    }
  }

  private static boolean isLots(int unit) {
    return unit == 1 || unit == 2 || unit == 5;
  }

  /** By how much an average price may be off because volume and amount were rounded, as their digits suggest. */
  private static double rounding(double average, double shares) {
    double shareStep = shares % 100 == 0 ? 100 : 1;
    double yuan = Math.rint(average * shares);
    double yuanStep = yuan % 10_000 == 0 ? 10_000 : yuan % 1000 == 0 ? 1000 : 1;
    return (average * shareStep + yuanStep) / shares;
  }

  @Override
  void merge(Tally other) {
    AveragePriceTally that = (AveragePriceTally) other;
    judged += that.judged;
    ratios.merge(that.ratios);
    for (int unit = 0; unit < SCALES.length; unit++) {
      bad[unit] += that.bad[unit];
      findings.get(unit).merge(that.findings.get(unit));
    }
  }

  @Override
  void write(DataOutput out) throws IOException {
    out.writeLong(judged);
    ratios.write(out);
    for (int unit = 0; unit < SCALES.length; unit++) {
      out.writeLong(bad[unit]);
      findings.get(unit).write(out);
    }
  }

  @Override
  void read(DataInput in) throws IOException {
    judged = Stored.notNegative(in);
    ratios.read(in);
    for (int unit = 0; unit < SCALES.length; unit++) {
      bad[unit] = Stored.notNegative(in);
      if (bad[unit] > judged) {
        throw Stored.broken(bad[unit] + " bad rows of " + judged);
      }
      findings.get(unit).read(in);
    }
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    int unit = unit();
    List<TableFinding> places = new ArrayList<>();
    if (unit != 0) {
      places.add(note(
          "",
          isLots(unit) ? check.volume() : check.amount(),
          SCALES[unit],
          MEANS.get(unit) + "; Qilin needs shares and yuan, so set the unit where it is read"));
    }
    places.addAll(findings.get(unit).list());
    RuleOutcome counted = RuleOutcome.counted(rule, judged, bad[unit], MEANS.get(unit));
    return new Verdict(
        new RuleOutcome(
            rule,
            judged,
            bad[unit],
            counted.score(),
            counted.value(),
            unit == 0 && bad[unit] == 0,
            MEANS.get(unit)),
        places);
  }

  private int unit() {
    double median = ratios.quantile(0.5);
    for (int unit = 0; unit < SCALES.length && judged >= ENOUGH; unit++) {
      if (Math.abs(median / SCALES[unit] - 1) < UNIT_TOLERANCE) {
        return unit;
      }
    }
    return 0;
  }
}
