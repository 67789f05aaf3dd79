package io.qilin.api.analysis;

import io.qilin.api.llm.LlmUsage;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * One question to a language model in the course of a decision. Prompt and reply are named by their hashes; the texts are
 * in the cassette.
 *
 * @param node who asked, for example {@code news/second-opinion} or {@code debate/bull-1}
 * @param model provider and name
 * @param prompt SHA-256 of model, parameters and messages, in hex: the key of the cassette
 * @param reply SHA-256 of the reply in hex; empty if there was none
 * @param usage tokens, if known
 * @param cost what it cost by the host's price list, in its currency; empty without one
 * @param outcome {@code USED}, or the code of what failed, for example {@code QILIN-3103}
 */
public record ModelUse(
    String node,
    String model,
    String prompt,
    Optional<String> reply,
    Optional<LlmUsage> usage,
    Optional<BigDecimal> cost,
    String outcome) {
  /** The answer was used. */
  public static final String USED = "USED";

  /** Checks that nothing is missing. */
  public ModelUse {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(reply, "reply");
    Objects.requireNonNull(usage, "usage");
    Objects.requireNonNull(cost, "cost");
    Objects.requireNonNull(outcome, "outcome");
  }
}
