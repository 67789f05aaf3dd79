package io.qilin.mlops.drift;

import io.qilin.core.report.JsonText;
import java.util.List;

/**
 * Whether to train anew, and why.
 *
 * @param retrain whether
 * @param reasons the signals for it; may stand even if something holds it back
 * @param holds what holds it back
 */
public record RetrainingDecision(boolean retrain, List<String> reasons, List<String> holds) {
  /** Copies the lists. */
  public RetrainingDecision {
    reasons = List.copyOf(reasons);
    holds = List.copyOf(holds);
  }

  /** The decision as JSON. */
  public String json() {
    JsonText out = new JsonText()
        .object()
        .name("retrain")
        .value(retrain ? "yes" : "no")
        .name("reasons")
        .array();
    reasons.forEach(out::value);
    out.end().name("holds").array();
    holds.forEach(out::value);
    return out.end().end().toString();
  }
}
