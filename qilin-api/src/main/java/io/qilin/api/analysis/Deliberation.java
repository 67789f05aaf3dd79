package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Objects;

/**
 * What was said about a share before it was recommended or not: second opinions and debate.
 *
 * @param about the share
 * @param statements in the order in which they were made
 * @param uses the questions to language models, in order
 * @param adjustment what was added to the score, within the band that the caller set; 0 by default
 * @param flags marks of the whole, for example {@code LLM_DEGRADED}
 */
public record Deliberation(
    Symbol about,
    List<Statement> statements,
    List<ModelUse> uses,
    double adjustment,
    List<String> flags) {
  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT if the adjustment is not in [−2, 2]
   */
  public Deliberation {
    Objects.requireNonNull(about, "about");
    statements = List.copyOf(statements);
    uses = List.copyOf(uses);
    flags = List.copyOf(flags);
    if (!(adjustment >= -2 && adjustment <= 2)) {
      throw QilinException.invalid("an adjustment is in [-2, 2], was " + adjustment);
    }
  }
}
