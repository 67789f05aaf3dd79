package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Judges a figure of the table as a whole: its number of rows, a mean or a standard deviation. */
final class FigureTally extends Tally {
  private static final int NO_COLUMN = -1;

  private final int column;
  private final String name;
  private final double low;
  private final double high;
  private final NumberMoments moments = new NumberMoments();
  private long rows;

  private FigureTally(TableRule rule, int column, String name, double low, double high) {
    super(rule);
    this.column = column;
    this.name = name;
    this.low = low;
    this.high = high;
  }

  static FigureTally of(TableRule rule, TableCheck.RowCount check) {
    return new FigureTally(rule, NO_COLUMN, "", check.low(), check.high());
  }

  static FigureTally of(TableRule rule, TableCheck.Mean check, TableSchema schema) {
    int column = Columns.number(schema, check.column());
    return new FigureTally(rule, column, check.column(), check.low(), check.high());
  }

  static FigureTally of(TableRule rule, TableCheck.Deviation check, TableSchema schema) {
    int column = Columns.number(schema, check.column());
    return new FigureTally(rule, column, check.column(), check.low(), check.high());
  }

  @Override
  void add(Block block) {
    rows += block.size();
    if (column != NO_COLUMN) {
      double[] cells = block.numbers(column);
      for (int i = 0; i < block.size(); i++) {
        moments.add(cells[i]);
      }
    }
  }

  @Override
  void merge(Tally other) {
    rows += ((FigureTally) other).rows;
    moments.merge(((FigureTally) other).moments);
  }

  @Override
  void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    moments.write(out);
  }

  @Override
  void read(DataInput in) throws IOException {
    rows = Stored.notNegative(in);
    moments.read(in);
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    double value;
    String what;
    if (column == NO_COLUMN) {
      value = rows;
      what = "the number of rows " + rows;
    } else if (rule.check() instanceof TableCheck.Mean) {
      value = moments.mean();
      what = "the mean of " + name + " " + value;
    } else {
      value = moments.deviation();
      what = "the standard deviation of " + name + " " + value;
    }
    RuleOutcome outcome = RuleOutcome.figure(rule, value, low, high, "");
    return new Verdict(
        outcome,
        outcome.passed()
            ? List.of()
            : List.of(note("", name, value, what + " is not between " + low + " and " + high)));
  }
}
