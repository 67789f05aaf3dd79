package io.qilin.mlops.dataset;

import java.util.Arrays;

/** Drops rows with something that is not known. */
final class DropRows extends Step {
  private final Columns where;

  DropRows(Processor processor, Columns where) {
    super(processor);
    this.where = where;
  }

  Columns where() {
    return where;
  }

  @Override
  ColumnNames after(ColumnNames before) {
    return before;
  }

  @Override
  void apply(Section section) {
    boolean[] stays = new boolean[section.rows];
    Arrays.fill(stays, true);
    boolean all = true;
    for (int c = section.first(where); c < section.end(where); c++) {
      double[] column = section.columns[c];
      if (column != null) {
        for (int row = 0; row < section.rows; row++) {
          boolean known = !Double.isNaN(column[row]);
          stays[row] &= known;
          all &= known;
        }
      }
    }
    if (!all) {
      section.keep(stays);
    }
  }
}
