package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;

/** Counts volumes that are no whole number of shares, or do not agree with the mark of a suspension. */
final class VolumeTally extends RowTally {
  private static final int NO_MARK = -1;

  private final String name;
  private final int volume;
  private final int mark;

  VolumeTally(TableRule rule, TableCheck.WholeShares check, TableSchema schema) {
    super(rule);
    this.name = check.volume();
    this.volume = Columns.number(schema, name);
    this.mark = NO_MARK;
  }

  VolumeTally(TableRule rule, TableCheck.Suspended check, TableSchema schema) {
    super(rule);
    this.name = check.volume();
    this.volume = Columns.number(schema, name);
    this.mark = Columns.number(schema, check.suspended());
  }

  @Override
  long count(Block block) {
    int found = 0;
    int known = 0;
    for (int row = 0; row < block.size(); row++) {
      boolean bad = isBad(block, row);
      found += bad ? 1 : 0;
      known += bad || isKnown(block, row) ? 1 : 0;
    }
    judged += known;
    return found;
  }

  private boolean isKnown(Block block, int row) {
    boolean traded = !Double.isNaN(block.numbers(volume)[row]);
    if (mark == NO_MARK) {
      return traded;
    }
    double suspended = block.numbers(mark)[row];
    return !Double.isNaN(suspended) && (traded || suspended != 0);
  }

  @Override
  boolean isBad(Block block, int row) {
    double shares = block.numbers(volume)[row];
    if (Double.isNaN(shares)) {
      return false;
    }
    if (mark == NO_MARK) {
      return !(shares >= 0) || shares != Math.rint(shares) || Double.isInfinite(shares);
    }
    double suspended = block.numbers(mark)[row];
    return !Double.isNaN(suspended) && (suspended != 0) != (shares == 0);
  }

  @Override
  void name(Block block, int row) {
    double shares = block.numbers(volume)[row];
    String message;
    if (mark == NO_MARK) {
      message = name + " " + shares + " is no whole number of shares; it may be adjusted or in"
          + " another unit";
    } else if (shares == 0) {
      message = name + " is 0, but the row is not marked as suspended";
    } else {
      message = name + " is " + shares + " although the row is marked as suspended";
    }
    findings.add(block, row, name, shares, message);
  }
}
