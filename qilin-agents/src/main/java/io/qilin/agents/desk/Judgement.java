package io.qilin.agents.desk;

import io.qilin.api.analysis.Contribution;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the analysts together think of a share.
 *
 * @param symbol the share
 * @param score in [−1, 1], shrunk by disagreement and by risk; {@code NaN} if every analyst
 *     abstained
 * @param confidence in [0, 1]
 * @param coverage share of the weight, of those who spoke, that has data, in [0, 1]
 * @param disagreement σ, the weighted standard deviation of the scores, in [0, 1]
 * @param safety the risk manager's score on [0, 1]; {@code NaN} if it abstained
 * @param heldBack the id of the gate that held the share back, if one did
 * @param detail why, one line; empty if it was not held back
 * @param trace what each analyst added
 */
public record Judgement(
    Symbol symbol,
    double score,
    double confidence,
    double coverage,
    double disagreement,
    double safety,
    Optional<String> heldBack,
    String detail,
    List<Contribution> trace) {
  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT if a score is outside [−1, 1]
   */
  public Judgement {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(heldBack, "heldBack");
    Objects.requireNonNull(detail, "detail");
    trace = List.copyOf(trace);
    if (score < -1 || score > 1) {
      throw QilinException.invalid("a score is in [-1, 1], was " + score);
    }
  }

  /** The same with another score, cut to [−1, 1]. */
  Judgement moved(double by) {
    double to = Math.max(-1, Math.min(1, score + by));
    return new Judgement(
        symbol, to, confidence, coverage, disagreement, safety, heldBack, detail, trace);
  }
}
