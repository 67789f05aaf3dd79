package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * A failure that a call met on its way.
 *
 * @param by who failed: the dependency, or a fallback by its name
 * @param attempt which attempt it was, from 1; a hedge has the number of the attempt that it stands beside
 * @param error the failure; what is none of Qilin's is its cause
 */
public record CallFailure(String by, int attempt, QilinException error) {
  /** Checks that the parts are there. */
  public CallFailure {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(error, "error");
  }

  /** For example {@code vendor-a #1: DATA_FETCH}; without the failure's own words. */
  @Override
  public String toString() {
    return by + " #" + attempt + ": " + error.code();
  }
}
