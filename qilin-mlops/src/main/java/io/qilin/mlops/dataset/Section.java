package io.qilin.mlops.dataset;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one day, column by column, that the steps of a chain change in place. Columns that nobody will look at are null.
 * Confined to one thread.
 */
final class Section {
  /** Features, then labels if there are any; each as long as the most rows. */
  double[] @Nullable [] columns;

  /** How many of the columns are features. */
  int features;

  /** How many rows there are now. */
  int rows;

  /** What each row was before: an instrument, or the place among the given rows. */
  final int[] ids;

  /** Place for calculations. */
  final double[] scratch;

  final RankNorm ranks;

  private final double[] @Nullable [] all;

  /**
   * A section for so many rows.
   *
   * @param needed which columns are loaded and worked on
   */
  Section(boolean[] needed, int mostRows) {
    this.all = new double[needed.length][];
    for (int i = 0; i < needed.length; i++) {
      all[i] = needed[i] ? new double[mostRows] : null;
    }
    this.columns = all.clone();
    this.ids = new int[mostRows];
    this.scratch = new double[mostRows];
    this.ranks = new RankNorm(mostRows);
  }

  /** Back to all columns, for the next rows. */
  void begin(int featureCount, int rowCount) {
    columns = all.clone();
    features = featureCount;
    rows = rowCount;
  }

  int width() {
    return columns.length;
  }

  int first(Columns group) {
    return group == Columns.LABELS ? features : 0;
  }

  int end(Columns group) {
    return group == Columns.FEATURES ? features : columns.length;
  }

  /** Moves the rows that stay together. */
  void keep(boolean[] stays) {
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      if (stays[row]) {
        for (double[] column : columns) {
          if (column != null) {
            column[kept] = column[row];
          }
        }
        ids[kept++] = ids[row];
      }
    }
    rows = kept;
  }

  /** Writes the features row after row. */
  void copyFeatures(double[] to, int firstRow) {
    int width = features;
    int base = firstRow * width;
    for (int c = 0; c < width; c++) {
      double[] column = Objects.requireNonNull(columns[c]);
      for (int row = 0; row < rows; row++) {
        to[base + row * width + c] = column[row];
      }
    }
  }
}
