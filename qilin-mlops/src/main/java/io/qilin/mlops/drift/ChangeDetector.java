package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;

/** Watches a stream of figures, for example the losses of a model, and says when its mean has changed. Not thread-safe. */
public interface ChangeDetector {
  /**
   * Takes the next figure.
   *
   * @return whether this one shows a change
   * @throws QilinException INVALID_ARGUMENT if it is not a finite number or not in the range of the detector; nothing changes
   */
  boolean add(double value);

  /** The mean of what it holds for unchanged; {@code NaN} before the first figure. */
  double mean();

  /** How many changes it has shown. */
  long changes();
}
