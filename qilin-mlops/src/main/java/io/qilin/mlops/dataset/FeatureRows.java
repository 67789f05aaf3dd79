package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What a chain gives: rows of features, perhaps with labels, day after day, and within a day in the order of the instruments.
 * Values may be {@code NaN} or infinite. Immutable and safe to share. Memory: 8 bytes a value and 4 a row.
 */
public final class FeatureRows {
  private final ColumnNames names;
  private final double[] features;
  private final double[][] labels;
  private final RowPlaces places;

  FeatureRows(ColumnNames names, double[] features, double[][] labels, RowPlaces places) {
    this.names = names;
    this.features = features;
    this.labels = labels;
    this.places = places;
  }

  /** The features' names, in the order of a row. */
  public List<String> features() {
    return names.features();
  }

  /** The labels' names; empty after inference. */
  public List<String> labels() {
    return names.labels();
  }

  /** How many rows there are; may be 0. */
  public int count() {
    return places.count();
  }

  /** The days, ascending; some may have no row. */
  public List<LocalDate> days() {
    return places.days();
  }

  /** The first row of a day; for the number of days, the number of rows. */
  public int dayStart(int day) {
    return places.dayStart(day);
  }

  /** The instruments, as in the table. */
  public List<Symbol> symbols() {
    return places.symbols();
  }

  /** The place in {@link #symbols} of a row's instrument. */
  public int instrument(int row) {
    return places.instrument(row);
  }

  /** One feature of one row. */
  public double feature(int row, int column) {
    Objects.checkIndex(column, names.features().size());
    return features[Objects.checkIndex(row, count()) * names.features().size() + column];
  }

  /** One label of one row. */
  public double label(int row, int column) {
    return labels[column][row];
  }

  /**
   * Copies the features of some rows, as {@link io.qilin.api.model.Predictor#predict} takes them.
   *
   * @param from index of the first row
   * @param length how many
   * @param to takes them row after row, from its beginning
   */
  public void copyRows(int from, int length, double[] to) {
    Objects.checkFromIndexSize(from, length, count());
    int width = names.features().size();
    System.arraycopy(features, from * width, to, 0, length * width);
  }

  /**
   * As rows to learn from; the features are shared, not copied.
   *
   * @param label the name of one of the labels
   * @throws QilinException DATA_NOT_FOUND if there is no such label; INVALID_ARGUMENT if there are no rows; DATA_QUALITY for a
   *     label that is not finite or a feature that is infinite
   */
  public TrainingData training(String label) {
    int at = names.labels().indexOf(label);
    if (at < 0) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "no label is named " + QilinException.quote(label) + " among " + names.labels()
              + " (rows of inference have none)" + NearestName.hint(label, names.labels()));
    }
    return TrainingData.checked(names.features(), label, features, labels[at], places);
  }
}
