package io.qilin.spring.agents;

import io.qilin.agents.desk.ResearchDesk;

/** A bean that changes the desk before it is built, in the order of the beans, after the properties were applied. */
@FunctionalInterface
public interface DeskCustomizer {
  /** Sets what there is no property for: a portfolio, a kill switch, a gate, an order plan. */
  void customize(ResearchDesk.Builder desk);
}
