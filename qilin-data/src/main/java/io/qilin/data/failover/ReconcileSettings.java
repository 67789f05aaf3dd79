package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.reconcile.Tolerance;
import java.util.Objects;

/**
 * How answers are compared with another member, behind the back of the caller.
 *
 * @param days how many days of an answer are compared, drawn by the chain's seed, 1 to 100
 * @param tolerance how far the two may be apart
 */
public record ReconcileSettings(int days, Tolerance tolerance) {
  /** Three days of each answer, by {@link Tolerance#DEFAULT}. */
  public static final ReconcileSettings DEFAULT = new ReconcileSettings(3, Tolerance.DEFAULT);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION if the days are out of range
   */
  public ReconcileSettings {
    Objects.requireNonNull(tolerance, "tolerance");
    if (days < 1 || days > 100) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, "days to compare are 1 to 100, were " + days);
    }
  }
}
