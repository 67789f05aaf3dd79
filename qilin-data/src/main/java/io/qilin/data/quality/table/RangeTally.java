package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;

/** Counts numbers out of a range; also those that are not finite. */
final class RangeTally extends RowTally {
  private final String name;
  private final int column;
  private final double low;
  private final double high;

  private RangeTally(TableRule rule, String name, TableSchema schema, double low, double high) {
    super(rule);
    this.name = name;
    this.column = Columns.number(schema, name);
    this.low = low;
    this.high = high;
  }

  static RangeTally of(TableRule rule, TableCheck.Range check, TableSchema schema) {
    return new RangeTally(rule, check.column(), schema, check.low(), check.high());
  }

  static RangeTally of(TableRule rule, TableCheck.Finite check, TableSchema schema) {
    return new RangeTally(rule, check.column(), schema, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  @Override
  long count(Block block) {
    double[] cells = block.numbers(column);
    int size = block.size();
    int outside = 0;
    int unknown = 0;
    for (int i = 0; i < size; i++) {
      if (!(cells[i] >= low && cells[i] <= high)) {
        boolean known = !Double.isNaN(cells[i]);
        outside += known ? 1 : 0;
        unknown += known ? 0 : 1;
      }
    }
    judged += size - unknown;
    return outside;
  }

  @Override
  boolean isBad(Block block, int row) {
    double cell = block.numbers(column)[row];
    return cell < low || cell > high;
  }

  @Override
  void name(Block block, int row) {
    double cell = block.numbers(column)[row];
    String message = rule.check() instanceof TableCheck.Finite
        ? name + " is " + cell
        : name + " " + cell + " is not between " + low + " and " + high;
    findings.add(block, row, name, cell, message);
  }
}
