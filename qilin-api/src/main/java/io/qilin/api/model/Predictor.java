package io.qilin.api.model;

import io.qilin.api.error.QilinException;

/**
 * A model ready to score rows of features: a linear one in plain Java, boosted trees, a session of ONNX Runtime. The same rows
 * give the same scores, bit for bit, however they are cut into calls.
 *
 * <p>Safe to share between threads unless the implementation says otherwise.
 */
public interface Predictor extends AutoCloseable {
  /** What it takes. */
  ModelSignature signature();

  /**
   * Scores rows.
   *
   * @param rows row after row, {@link ModelSignature#width()} values each, in the signature's order; {@code NaN} is a value
   *     that is not known, see {@link ModelSignature#missing()}; infinite values are refused
   * @param count how many rows, from 0
   * @param scores takes one score a row, {@code NaN} where there is none; its places from count on stay as they are
   * @throws QilinException MODEL_MISMATCH if rows or scores are too short, or a value is infinite; MODEL_OUTPUT if the model
   *     gave something that is not a finite number for a row of known values; INVALID_ARGUMENT after {@link #close}. The
   *     scores are not to be used then
   */
  void predict(double[] rows, int count, double[] scores);

  /** Gives native memory back; calls that run are waited for. Closing again does nothing. */
  @Override
  void close();
}
