package io.qilin.mlops.online;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;

/**
 * The outcome of a sample.
 *
 * @param id of the sample
 * @param value finite
 * @param usableFrom when it was known to everybody, for example the close of the next trading day; later than the features
 */
public record MaturedLabel(String id, double value, Instant usableFrom) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a value that is not finite, or an id that no sample has
   */
  public MaturedLabel {
    Sample.requireId(id);
    if (!Double.isFinite(value)) {
      throw QilinException.invalid(
          "a label is a finite number, was " + value + " for " + QilinException.quote(id));
    }
    Objects.requireNonNull(usableFrom, "usableFrom");
  }
}
