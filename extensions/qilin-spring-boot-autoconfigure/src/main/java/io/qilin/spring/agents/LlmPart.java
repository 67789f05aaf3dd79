package io.qilin.spring.agents;

import io.qilin.agents.llm.LlmBudget;
import io.qilin.agents.llm.LlmRouter;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the language models. */
final class LlmPart implements QilinPart {
  private final LlmRouter router;
  private final Optional<LlmBudget> budget;

  LlmPart(LlmRouter router, Optional<LlmBudget> budget) {
    this.router = router;
    this.budget = budget;
  }

  @Override
  public String name() {
    return "language-models";
  }

  @Override
  public boolean required() {
    return false;
  }

  /** Degraded as long as a model is left alone because it failed often. No model is asked. */
  @Override
  public PartState state() {
    List<String> alone = router.leftAlone();
    return alone.isEmpty()
        ? PartState.up()
        : PartState.degraded("left alone after failures: " + String.join(", ", alone));
  }

  @Override
  public Map<String, Object> description() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("models", router.models().stream().map(Object::toString).toList());
    out.put("leftAlone", router.leftAlone());
    budget.ifPresent(all -> out.put("tokensToday", all.usedToday().tokens()));
    return out;
  }
}
