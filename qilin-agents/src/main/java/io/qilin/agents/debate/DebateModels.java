package io.qilin.agents.debate;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The language models that speak in a debate. Budgets, routing and recording are clients around
 * clients; the debate knows nothing of them. It does not close them.
 *
 * @param quick speaks for nodes of the quick tier
 * @param deep speaks for nodes of the deep tier; may be the same
 * @param executor where debates run, one task a share; it must not run tasks on the calling thread,
 *     so that a model that hangs cannot hold up the desk
 * @param ticker nanoseconds since any moment, for the deadline
 * @param perCall the longest that one answer may take, positive
 * @param maxOutputTokens the most tokens of one answer, positive
 */
public record DebateModels(
    LlmClient quick,
    LlmClient deep,
    Executor executor,
    LongSupplier ticker,
    Duration perCall,
    int maxOutputTokens) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION for a time or a number that is not positive
   */
  public DebateModels {
    Objects.requireNonNull(quick, "quick");
    Objects.requireNonNull(deep, "deep");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(ticker, "ticker");
    if (perCall.isZero() || perCall.isNegative() || maxOutputTokens < 1) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a call has a positive time and number of tokens, were " + perCall + " and "
              + maxOutputTokens);
    }
  }

  /** One model for both tiers, at most 20 seconds and 800 tokens an answer. */
  public static DebateModels of(LlmClient client, Executor executor, LongSupplier ticker) {
    return new DebateModels(client, client, executor, ticker, Duration.ofSeconds(20), 800);
  }

  LlmClient of(DebateGraph.Tier tier) {
    return tier == DebateGraph.Tier.DEEP ? deep : quick;
  }
}
