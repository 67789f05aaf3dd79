package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;

/**
 * A model that learns from more rows without being trained anew. Rows are laid out as {@link
 * io.qilin.api.model.Predictor#predict} has them. The same rows in the same order give the same model, bit for bit. Confined to
 * one thread.
 */
public interface IncrementalModel {
  /** What it takes. */
  ModelSignature signature();

  /**
   * Learns from rows.
   *
   * @param rows row after row
   * @param labels one a row
   * @param count how many rows
   * @throws QilinException MODEL_MISMATCH if rows or labels are too short or a value is not finite; the model is as before
   */
  void partialFit(double[] rows, double[] labels, int count);

  /** Scores rows; as {@link io.qilin.api.model.Predictor#predict}. */
  void predict(double[] rows, int count, double[] scores);

  /** Another model that knows the same and learns on its own. */
  IncrementalModel copy();

  /** All that it knows, as bytes from which its kind can be made again. */
  byte[] state();
}
