package io.qilin.agents.debate;

import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import java.util.Optional;

/** Is told of every turn of a debate, possibly by several threads at once. It must not block. */
@FunctionalInterface
public interface DebateListener {
  /**
   * A turn was taken.
   *
   * @param file the case
   * @param turn whose turn it was
   * @param said what was said
   * @param use the question to a model, if one was asked
   */
  void spoken(CaseFile file, DebateGraph.Turn turn, Statement said, Optional<ModelUse> use);
}
