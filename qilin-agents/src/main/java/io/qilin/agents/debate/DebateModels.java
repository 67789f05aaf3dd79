package io.qilin.agents.debate;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * @param prices what models cost by the host's list, by {@code provider/name}, for {@link
 *     io.qilin.api.analysis.ModelUse#cost}; what a model that is not in it costs is not known. Prices change no answer
 */
public record DebateModels(
    LlmClient quick,
    LlmClient deep,
    Executor executor,
    LongSupplier ticker,
    Duration perCall,
    int maxOutputTokens,
    Map<String, LlmPrice> prices) {
  /**
   * Copies the prices and checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION for a time or a number that is not positive
   */
  public DebateModels {
    Objects.requireNonNull(quick, "quick");
    Objects.requireNonNull(deep, "deep");
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(ticker, "ticker");
    prices = Map.copyOf(prices);
    if (perCall.isZero() || perCall.isNegative() || maxOutputTokens < 1) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a call has a positive time and number of tokens, were " + perCall + " and "
              + maxOutputTokens);
    }
  }

  /** Models whose prices are not known. */
  public DebateModels(
      LlmClient quick,
      LlmClient deep,
      Executor executor,
      LongSupplier ticker,
      Duration perCall,
      int maxOutputTokens) {
    this(quick, deep, executor, ticker, perCall, maxOutputTokens, Map.of());
  }

  /** One model for both tiers, at most 20 seconds and 800 tokens an answer. */
  public static DebateModels of(LlmClient client, Executor executor, LongSupplier ticker) {
    return new DebateModels(client, client, executor, ticker, Duration.ofSeconds(20), 800);
  }

  LlmClient of(DebateGraph.Tier tier) {
    return tier == DebateGraph.Tier.DEEP ? deep : quick;
  }

  /**
   * The same with what a model costs.
   *
   * @param model provider and name, for example {@code deepseek/deepseek-v4-flash}, as {@link
   *     io.qilin.api.llm.LlmModel#toString} prints it
   */
  public DebateModels withPrice(String model, LlmPrice price) {
    Map<String, LlmPrice> more = new HashMap<>(prices);
    more.put(Objects.requireNonNull(model, "model"), Objects.requireNonNull(price, "price"));
    return new DebateModels(quick, deep, executor, ticker, perCall, maxOutputTokens, more);
  }

  /** What a use of a client costs; empty if its price is not known. */
  Optional<BigDecimal> cost(LlmClient client, LlmUsage usage) {
    return Optional.ofNullable(prices.get(client.model().toString())).map(price -> price.of(usage));
  }
}
