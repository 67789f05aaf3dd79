package io.qilin.mlops.online;

import io.qilin.core.report.JsonText;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * One try to learn, as it was recorded.
 *
 * @param number counts from 1
 * @param at when
 * @param trained how many samples the candidate learnt from
 * @param heldOut how many samples both models were tried on; neither had learnt from them
 * @param baseLoss mean loss there of the model that the candidate came from
 * @param candidateLoss mean loss there of the candidate; {@code NaN} if it has none
 * @param outcome what became of it
 * @param version of the model that came from it; 0 if none did
 */
public record OnlineUpdate(
    long number,
    Instant at,
    long trained,
    long heldOut,
    double baseLoss,
    double candidateLoss,
    Outcome outcome,
    long version) {
  /** What became of a candidate. */
  public enum Outcome {
    /** It serves. */
    DEPLOYED,
    /** It scores beside the serving model. */
    SHADOWED,
    /** It was worse; the samples are kept for the next try. */
    ROLLED_BACK,
    /** It could not be trained or gave no scores; the samples are kept for the next try. */
    FAILED
  }

  /** Checks. */
  public OnlineUpdate {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(outcome, "outcome");
  }

  /** The update as JSON; equal updates give equal text. */
  public String json() {
    return new JsonText()
        .object()
        .name("number")
        .value(number)
        .name("at")
        .value(at.toString())
        .name("trained")
        .value(trained)
        .name("heldOut")
        .value(heldOut)
        .name("baseLoss")
        .value(baseLoss)
        .name("candidateLoss")
        .value(candidateLoss)
        .name("outcome")
        .value(outcome.name().toLowerCase(Locale.ROOT))
        .name("version")
        .value(version)
        .end()
        .toString();
  }
}
