package io.qilin.agents.debate;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;

/** What became of earlier decisions, for models to learn from. */
@FunctionalInterface
public interface Lessons {
  /**
   * The lessons for a decision.
   *
   * @param about the share
   * @param day the day whose evening the decision is taken; only what was known before it is told
   * @return one line each, in a fixed order
   */
  List<String> before(Symbol about, LocalDate day);
}
