package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.llm.LlmUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A client within a budget. Before each call its worst case is reserved: the most tokens that the question can have and the
 * most of the answer, times the attempts that the client may make; if that does not fit, LLM_BUDGET_EXHAUSTED is thrown and
 * nothing is sent. Afterwards it counts
 *
 * <ul>
 *   <li>the use that the server reports; its worst case if it reports none;
 *   <li>nothing for a failure before anything was sent (LLM_BUDGET_EXHAUSTED, LLM_NOT_RECORDED, UNSUPPORTED,
 *       INVALID_ARGUMENT) or when the server was too busy (LLM_RATE_LIMITED) at a single attempt;
 *   <li>the worst case for every other failure, as the server may have answered;
 *   <li>the worst case for every attempt but the reported one: a reply does not tell how many there were. So put the budget
 *       inside whatever tries again or elsewhere, around a client of one attempt.
 * </ul>
 *
 * <p>A server that reports more than the worst case is believed; only then a cap can be exceeded, and every later call is
 * refused. Thread-safe as far as the client is.
 */
public final class BudgetedClient implements LlmClient {
  private final LlmClient client;
  private final BudgetRun run;
  private final int attempts;
  private final Optional<LlmPrice> price;

  private BudgetedClient(LlmClient client, BudgetRun run, int attempts, Optional<LlmPrice> price) {
    this.client = client;
    this.run = run;
    this.attempts = attempts;
    this.price = price;
  }

  /**
   * A client with the attempts and models that it names itself ({@link LlmClient#attempts}, {@link LlmClient#models}).
   *
   * @throws QilinException INVALID_CONFIGURATION if the budget caps money and does not know the price of a model
   */
  public static BudgetedClient of(LlmClient client, BudgetRun run) {
    return of(client, run, client.attempts(), client.models());
  }

  /**
   * A client that may try again, and elsewhere, by the host's word.
   *
   * @param attempts the most that it makes a call, 1 to 100
   * @param models all that may answer; the dearest counts
   * @throws QilinException INVALID_ARGUMENT for other attempts or without a model; INVALID_CONFIGURATION if the budget caps
   *     money and does not know the price of a model
   */
  public static BudgetedClient of(
      LlmClient client, BudgetRun run, int attempts, List<LlmModel> models) {
    Objects.requireNonNull(client, "client");
    if (attempts < 1 || attempts > 100 || models.isEmpty()) {
      throw QilinException.invalid("a client makes 1 to 100 attempts at one model or more, not "
          + attempts + " at " + models.size());
    }
    Optional<LlmPrice> dearest = models.stream()
        .map(model -> run.budget().price(model))
        .flatMap(Optional::stream)
        .reduce(BudgetedClient::dearest);
    return new BudgetedClient(client, run, attempts, dearest);
  }

  private static LlmPrice dearest(LlmPrice a, LlmPrice b) {
    return new LlmPrice(
        a.currency(),
        a.prompt().max(b.prompt()),
        a.cached().max(b.cached()),
        a.completion().max(b.completion()));
  }

  /** The run whose budget it uses. */
  public BudgetRun run() {
    return run;
  }

  @Override
  public LlmModel model() {
    return client.model();
  }

  @Override
  public List<LlmModel> models() {
    return client.models();
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    BudgetAmount once =
        amount(new LlmUsage(BudgetTokens.prompt(request), 0, request.maxOutputTokens()));
    LlmBudget.Reservation reservation = run.budget().reserve(run, once.times(attempts));
    BudgetAmount used = reservation.amount();
    try {
      LlmReply reply = client.complete(request, call);
      used = reply.usage().map(this::amount).orElse(once).plus(once.times(attempts - 1));
      return reply;
    } catch (QilinException e) {
      used = sentNothing(e.code()) ? BudgetAmount.NONE : used;
      throw e;
    } finally {
      run.budget().settle(reservation, used);
    }
  }

  private boolean sentNothing(ErrorCode code) {
    return switch (code) {
      case LLM_BUDGET_EXHAUSTED, LLM_NOT_RECORDED, UNSUPPORTED, INVALID_ARGUMENT -> true;
      case LLM_RATE_LIMITED -> attempts == 1;
      default -> false;
    };
  }

  private BudgetAmount amount(LlmUsage usage) {
    return new BudgetAmount(
        BudgetAmount.sum(usage.prompt(), usage.completion()),
        price.map(list -> list.of(usage)).orElse(BigDecimal.ZERO));
  }

  /** Closes the client; the budget goes on. */
  @Override
  public void close() {
    client.close();
  }
}
