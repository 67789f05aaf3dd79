package io.qilin.security.screening;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * What the screener says about one request. Immutable.
 *
 * @param outcome whether the request may go on
 * @param score the sum of the scores of the findings, each rule counted once; zero if there is none
 * @param findings what fired, in the order of the request; at most {@value #MAX_FINDINGS}
 */
public record Verdict(Outcome outcome, int score, List<Finding> findings) {
  /** As many findings are kept; a request with so many is refused anyway. */
  public static final int MAX_FINDINGS = 64;

  /** Whether a request may go on. */
  public enum Outcome {
    /** Nothing known was found, or not enough of it. This does not say that the request is harmless. */
    PASS,
    /** The score reached the threshold. */
    REFUSE_ATTACK,
    /** A limit was broken, so that the request was not read to its end. */
    REFUSE_LIMIT,
    /** A check failed; nothing is known about the request. */
    REFUSE_FAILURE
  }

  /** Copies the findings. */
  public Verdict {
    Objects.requireNonNull(outcome, "outcome");
    findings = List.copyOf(findings);
    if (score < 0 || findings.size() > MAX_FINDINGS) {
      throw QilinException.invalid(
          "score must not be negative and findings at most " + MAX_FINDINGS);
    }
  }

  /** Whether the request must not go on. */
  public boolean refused() {
    return outcome != Outcome.PASS;
  }

  /**
   * Throws if the request must not go on. The message is the same for all requests of one outcome, so that an attacker
   * does not learn which rule fired.
   *
   * @throws QilinException THREAT for an attack, INPUT_REJECTED for a broken limit, SECURITY_UNAVAILABLE for a failure
   */
  public void requirePass() {
    switch (outcome) {
      case PASS -> {}
      case REFUSE_ATTACK ->
        throw new QilinException(ErrorCode.THREAT, "the request was refused by the screening");
      case REFUSE_LIMIT ->
        throw new QilinException(
            ErrorCode.INPUT_REJECTED,
            "the request is larger or deeper than what is read; send less");
      case REFUSE_FAILURE ->
        throw new QilinException(
            ErrorCode.SECURITY_UNAVAILABLE, "the request could not be screened; try again later");
    }
  }
}
