package io.qilin.agents.monitor;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A client whose calls are observed as {@code qilin.llm.call}: a timer and a span where the host's
 * registry makes them. Keys of few values: {@code model} (provider and name), {@code outcome} ({@code
 * USED} or a code as {@code QILIN-3103}). Keys for spans only: {@code tokens.prompt}, {@code
 * tokens.completion}, {@code cost}. No text of a question or an answer is observed. As safe to share as
 * the client.
 */
public final class ObservedLlmClient implements LlmClient {
  private final LlmClient client;
  private final ObservationRegistry registry;
  private final Optional<LlmPrice> price;

  /**
   * Observes a client.
   *
   * @param registry the host's
   * @param price of the model, if money is to be observed
   */
  public ObservedLlmClient(
      LlmClient client, ObservationRegistry registry, Optional<LlmPrice> price) {
    this.client = Objects.requireNonNull(client, "client");
    this.registry = Objects.requireNonNull(registry, "registry");
    this.price = Objects.requireNonNull(price, "price");
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
    return client.attempts();
  }

  @Override
  @SuppressWarnings("try") // The scope is open, not used.
  public LlmReply complete(LlmRequest request, LlmCall call) {
    LlmObservation context = new LlmObservation(model());
    Observation observation = Observation.createNotStarted(
            "qilin.llm.call", () -> context, registry)
        .contextualName("ask " + model().name())
        .lowCardinalityKeyValue("model", model().toString())
        .start();
    Observation.Scope scope = observation.openScope();
    try {
      LlmReply reply = client.complete(request, call);
      reply.usage().ifPresent(usage -> {
        Optional<BigDecimal> cost = price.map(list -> list.of(usage));
        context.used(usage, cost);
        observation
            .highCardinalityKeyValue("tokens.prompt", Long.toString(usage.prompt()))
            .highCardinalityKeyValue("tokens.completion", Long.toString(usage.completion()));
        cost.ifPresent(money -> observation.highCardinalityKeyValue("cost", money.toPlainString()));
      });
      observation.lowCardinalityKeyValue("outcome", "USED");
      return reply;
    } catch (QilinException e) {
      observation.lowCardinalityKeyValue("outcome", "QILIN-" + e.code().number());
      observation.error(e);
      throw e;
    } catch (RuntimeException e) {
      observation.lowCardinalityKeyValue("outcome", "FAILED");
      observation.error(e);
      throw e;
    } finally {
      scope.close();
      observation.stop();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
