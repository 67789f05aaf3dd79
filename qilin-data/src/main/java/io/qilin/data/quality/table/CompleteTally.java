package io.qilin.data.quality.table;

import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.TableSchema;
import java.util.List;

/** Counts cells that are not known. */
final class CompleteTally extends RowTally {
  private final TableCheck.Complete check;
  private final int column;

  CompleteTally(TableRule rule, TableCheck.Complete check, TableSchema schema) {
    super(rule);
    this.check = check;
    this.column = schema.indexOf(check.column());
  }

  @Override
  long count(Block block) {
    judged += block.size();
    Column cells = block.column(column);
    if (cells instanceof DoubleColumn) {
      return missing(block.numbers(column), block.size());
    }
    int missing = 0;
    for (int row = 0; row < block.size() && cells.missing() > 0; row++) {
      missing += block.isKnown(column, row) ? 0 : 1;
    }
    return missing;
  }

  private static int missing(double[] cells, int size) {
    int missing = 0;
    for (int i = 0; i < size; i++) {
      if (Double.isNaN(cells[i])) {
        missing++;
      }
    }
    return missing;
  }

  @Override
  boolean isBad(Block block, int row) {
    return !block.isKnown(column, row);
  }

  @Override
  void name(Block block, int row) {
    findings.add(block, row, check.column(), Double.NaN, check.column() + " is missing");
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    double known = judged == 0 ? Double.NaN : (double) (judged - bad) / judged;
    boolean passed = judged == 0 || known >= check.least();
    return new Verdict(
        new RuleOutcome(rule, judged, bad, known, known, passed, ""),
        passed ? List.of() : findings.list());
  }
}
