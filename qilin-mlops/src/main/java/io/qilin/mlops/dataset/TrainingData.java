package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.model.ModelSignature;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows to learn from: features, a label each, and perhaps weights, days and instruments. Labels are finite; features are finite
 * or {@code NaN}, which is a value that is not known. Immutable and safe to share. Memory: 8 bytes a value; what is derived by
 * {@link #withLabels} and {@link #withWeights} shares the features.
 */
public final class TrainingData {
  private final List<String> features;
  private final String label;
  private final double[] rows;
  private final double[] labels;
  private final double @Nullable [] weights;
  private final RowPlaces places;

  private TrainingData(
      List<String> features,
      String label,
      double[] rows,
      double[] labels,
      double @Nullable [] weights,
      RowPlaces places) {
    this.features = features;
    this.label = label;
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
    this.places = places;
  }

  /**
   * Rows of no day.
   *
   * @param features distinct names, one a column
   * @param rows row after row; copied
   * @param labels one a row; copied
   * @throws QilinException INVALID_ARGUMENT if there are no rows or columns, lengths do not fit, or a name comes twice;
   *     DATA_QUALITY for an infinite feature, or a label that is not finite
   */
  public static TrainingData of(List<String> features, double[] rows, double[] labels) {
    return checked(
        List.copyOf(features),
        "label",
        rows.clone(),
        labels.clone(),
        RowPlaces.none(labels.length));
  }

  /** Takes arrays that nobody else writes to. */
  static TrainingData checked(
      List<String> features, String label, double[] rows, double[] labels, RowPlaces places) {
    Set<String> distinct = new HashSet<>(features);
    if (features.isEmpty() || distinct.size() != features.size()) {
      throw QilinException.invalid("features have distinct names, and there is at least one; got "
          + features.size() + " of which " + distinct.size() + " differ");
    }
    if (labels.length == 0) {
      throw QilinException.invalid("there is no row to learn from; look at the days of the segment,"
          + " and at what the processors drop");
    }
    if (rows.length != (long) labels.length * features.size()) {
      throw QilinException.invalid(labels.length + " labels and " + features.size()
          + " features ask for " + (long) labels.length * features.size() + " values, there are "
          + rows.length);
    }
    TrainingData data = new TrainingData(features, label, rows, labels, null, places);
    data.requireKnown();
    return data;
  }

  private void requireKnown() {
    for (int row = 0; row < labels.length; row++) {
      if (!Double.isFinite(labels[row])) {
        throw new QilinException(
            ErrorCode.DATA_QUALITY,
            "the label of " + describe(row) + " is " + labels[row] + "; add DropnaLabel to the"
                + " learning processors, or ProcessInf before");
      }
    }
    int width = width();
    for (int i = 0; i < rows.length; i++) {
      if (Double.isInfinite(rows[i])) {
        throw new QilinException(
            ErrorCode.DATA_QUALITY,
            QilinException.quote(features.get(i % width)) + " of " + describe(i / width) + " is "
                + rows[i] + "; add ProcessInf or RobustZScoreNorm to the processors");
      }
    }
  }

  /**
   * The same features with other labels, for example 1 where the return is above the day's middle.
   *
   * @param name of the label
   * @param others one a row, finite; copied
   * @throws QilinException INVALID_ARGUMENT for another length; DATA_QUALITY for a label that is not finite
   */
  public TrainingData withLabels(String name, double[] others) {
    requireOnePerRow("label", others.length);
    TrainingData data = new TrainingData(
        features, Objects.requireNonNull(name), rows, others.clone(), weights, places);
    for (int row = 0; row < others.length; row++) {
      if (!Double.isFinite(data.labels[row])) {
        throw new QilinException(
            ErrorCode.DATA_QUALITY, "the label of " + describe(row) + " is " + data.labels[row]);
      }
    }
    return data;
  }

  /**
   * The same rows with weights.
   *
   * @param others one a row, finite, not negative, not all 0; copied
   * @throws QilinException INVALID_ARGUMENT for another length or such a weight
   */
  public TrainingData withWeights(double[] others) {
    requireOnePerRow("weight", others.length);
    double[] copy = others.clone();
    double sum = 0;
    for (int row = 0; row < copy.length; row++) {
      if (!(copy[row] >= 0) || Double.isInfinite(copy[row])) {
        throw QilinException.invalid(
            "a weight is finite and not negative; that of " + describe(row) + " is " + copy[row]);
      }
      sum += copy[row];
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw QilinException.invalid("the sum of the weights is " + sum + "; it must be positive");
    }
    return new TrainingData(features, label, rows, labels, copy, places);
  }

  private void requireOnePerRow(String what, int length) {
    if (length != labels.length) {
      throw QilinException.invalid(
          labels.length + " rows take one " + what + " each, not " + length);
    }
  }

  /** The features' names, in the order of a row. */
  public List<String> features() {
    return features;
  }

  /** The label's name. */
  public String labelName() {
    return label;
  }

  /** The length of a row. */
  public int width() {
    return features.size();
  }

  /** How many rows there are; at least one. */
  public int count() {
    return labels.length;
  }

  /** One feature of one row. */
  public double feature(int row, int column) {
    Objects.checkIndex(column, width());
    return rows[Objects.checkIndex(row, labels.length) * width() + column];
  }

  /** The label of a row; finite. */
  public double label(int row) {
    return labels[row];
  }

  /** All labels: a copy. */
  public double[] labels() {
    return labels.clone();
  }

  /** Whether rows have weights. */
  public boolean weighted() {
    return weights != null;
  }

  /** The weight of a row; 1 if there are none. */
  public double weight(int row) {
    Objects.checkIndex(row, labels.length);
    return weights == null ? 1 : weights[row];
  }

  /**
   * Copies rows.
   *
   * @param from index of the first row
   * @param length how many
   * @param to takes them row after row, from its beginning
   */
  public void copyRows(int from, int length, double[] to) {
    Objects.checkFromIndexSize(from, length, labels.length);
    System.arraycopy(rows, from * width(), to, 0, length * width());
  }

  /** Some rows, one after the other, with their labels, weights and days: a copy. */
  public TrainingData slice(int from, int to) {
    Objects.checkFromToIndex(from, to, labels.length);
    int width = width();
    return new TrainingData(
        features,
        label,
        Arrays.copyOfRange(rows, from * width, to * width),
        Arrays.copyOfRange(labels, from, to),
        weights == null ? null : Arrays.copyOfRange(weights, from, to),
        places.slice(from, to));
  }

  /** The first row with a feature that is not known, or -1. */
  public int firstUnknown() {
    for (int i = 0; i < rows.length; i++) {
      if (Double.isNaN(rows[i])) {
        return i / width();
      }
    }
    return -1;
  }

  /** The days of the rows, ascending; empty if the rows are of no day. */
  public List<LocalDate> days() {
    return places.days();
  }

  /** The first row of a day; for the number of days, the number of rows. Rows of one day follow each other. */
  public int dayStart(int day) {
    return places.dayStart(day);
  }

  /** The instruments of which there are rows; empty if the rows are of none. */
  public List<Symbol> symbols() {
    return places.symbols();
  }

  /** The place in {@link #symbols} of a row's instrument. */
  public int instrument(int row) {
    return places.instrument(row);
  }

  /** A row in words, for messages: its number and, if known, its day and instrument. */
  public String describe(int row) {
    return places.describe(row);
  }

  /** What a model of these rows takes. */
  public ModelSignature signature(ModelSignature.Missing missing) {
    return new ModelSignature(features, missing);
  }

  /**
   * SHA-256 over names, days, symbols, weights, labels and values, 64 lower-case hexadecimal digits: equal for equal data, on
   * every machine. Reads all values, about a second a gigabyte.
   */
  public String dataHash() {
    DataHash hash = new DataHash().text("qilin-training-data-1").texts(features).text(label);
    places.addTo(hash);
    hash.numbers(labels);
    hash.text(weights == null ? "unweighted" : "weighted");
    if (weights != null) {
      hash.numbers(weights);
    }
    return hash.numbers(rows).hex();
  }
}
