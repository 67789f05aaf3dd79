package io.qilin.mlops.dataset;

/** A step that makes of each column another, without a fit. */
final class ColumnStep extends Step {
  /** Changes the first rows of a column. */
  private interface Change {
    void apply(double[] column, int rows, Section section);
  }

  private final Columns where;
  private final boolean rowByRow;
  private final Change change;
  /** Columns that are passed over. */
  private final boolean[] skipped;

  ColumnStep(Processor processor, ColumnNames names) {
    super(processor);
    skipped = new boolean[names.width()];
    if (processor instanceof Processor.Fillna fill) {
      where = fill.columns();
      rowByRow = true;
      change = (column, rows, section) -> Formulas.fill(column, rows, fill.value());
    } else if (processor instanceof Processor.ProcessInf) {
      where = Columns.ALL;
      rowByRow = false;
      change = (column, rows, section) -> Formulas.replaceInfinite(column, rows);
    } else if (processor instanceof Processor.CsZScoreNorm score) {
      where = score.columns();
      rowByRow = false;
      change = score.method() == Processor.CsZScoreNorm.Method.ZSCORE
          ? (column, rows, section) -> Formulas.zScore(column, rows)
          : (column, rows, section) -> Formulas.robustZScore(column, rows, section.scratch);
    } else if (processor instanceof Processor.CsRankNorm rank) {
      where = rank.columns();
      rowByRow = false;
      change = (column, rows, section) -> section.ranks.apply(column, rows);
    } else if (processor instanceof Processor.CsZFillna fill) {
      where = fill.columns();
      rowByRow = false;
      change = (column, rows, section) -> Formulas.fill(column, rows, Formulas.mean(column, rows));
    } else {
      where = Columns.ALL;
      rowByRow = true;
      change = (column, rows, section) -> Formulas.tanh(column, rows);
      for (int i = 0; i < skipped.length; i++) {
        skipped[i] = names.all().get(i).contains("LABEL");
      }
    }
  }

  @Override
  ColumnNames after(ColumnNames before) {
    return before;
  }

  @Override
  boolean rowByRow() {
    return rowByRow;
  }

  @Override
  void apply(Section section) {
    for (int c = section.first(where); c < section.end(where); c++) {
      double[] column = section.columns[c];
      if (column != null && !skipped[c]) {
        change.apply(column, section.rows, section);
      }
    }
  }
}
