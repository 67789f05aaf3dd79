package io.qilin.security.threat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/**
 * Where a score asks for a second factor and where it refuses. A subject that was refused stays refused until the score falls
 * below the release, so that a score that trembles around the limit does not open and close the door.
 *
 * @param stepUp from this score on a second factor is asked for
 * @param deny a score above it is refused
 * @param release a subject once refused is let in again below it
 */
public record ThreatBands(double stepUp, double deny, double release) {
  /** Second factor from 0.4, refused above 0.7, released below 0.5. */
  public static final ThreatBands DEFAULT = new ThreatBands(0.4, 0.7, 0.5);

  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_CONFIGURATION unless 0 ≤ stepUp ≤ deny &lt; 1 and 0 &lt; release ≤ deny
   */
  public ThreatBands {
    if (!(stepUp >= 0 && stepUp <= deny && deny < 1 && release > 0 && release <= deny)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "threat bands need 0 <= stepUp <= deny < 1 and 0 < release <= deny, were " + stepUp + ", "
              + deny + " and " + release);
    }
  }

  ThreatVerdict verdict(double score, boolean refusedBefore) {
    if (score > deny || (refusedBefore && score >= release)) {
      return ThreatVerdict.DENY;
    }
    return score >= stepUp ? ThreatVerdict.STEP_UP : ThreatVerdict.ALLOW;
  }
}
