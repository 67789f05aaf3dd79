package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;

/** Counts rows in which two numbers do not compare as they should. */
final class CompareTally extends RowTally {
  private final TableCheck.Compare check;
  private final int left;
  private final int right;

  CompareTally(TableRule rule, TableCheck.Compare check, TableSchema schema) {
    super(rule);
    this.check = check;
    this.left = Columns.number(schema, check.left());
    this.right = Columns.number(schema, check.right());
  }

  @Override
  long count(Block block) {
    int found = 0;
    int known = 0;
    for (int row = 0; row < block.size(); row++) {
      found += isBad(block, row) ? 1 : 0;
      known += isKnown(block, row) ? 1 : 0;
    }
    judged += known;
    return found;
  }

  private boolean isKnown(Block block, int row) {
    return !Double.isNaN(block.numbers(left)[row]) && !Double.isNaN(block.numbers(right)[row]);
  }

  @Override
  boolean isBad(Block block, int row) {
    double one = block.numbers(left)[row];
    double other = block.numbers(right)[row];
    return isKnown(block, row) && !check.comparison().holds(one, other, check.tolerance());
  }

  @Override
  void name(Block block, int row) {
    double one = block.numbers(left)[row];
    findings.add(
        block,
        row,
        check.left(),
        one,
        check.left() + " " + one + " should be " + check.comparison().sign() + " " + check.right()
            + " " + block.numbers(right)[row]
            + (check.tolerance() > 0 ? " within " + check.tolerance() : ""));
  }
}
