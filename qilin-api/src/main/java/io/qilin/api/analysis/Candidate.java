package io.qilin.api.analysis;

import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Objects;

/**
 * A share that the desk looked at, and what became of it.
 *
 * @param symbol the share
 * @param score the desk's score in [−1, 1]; {@code NaN} if every analyst abstained
 * @param confidence in [0, 1]
 * @param outcome {@code RECOMMENDED}, {@code NOT_IN_TOP}, or the id of what held it back
 * @param detail why, one line; may be empty
 * @param opinions the analysts' opinions, in the desk's order
 */
public record Candidate(
    Symbol symbol,
    double score,
    double confidence,
    String outcome,
    String detail,
    List<Opinion> opinions) {
  /** Copies the list. */
  public Candidate {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(detail, "detail");
    opinions = List.copyOf(opinions);
  }
}
