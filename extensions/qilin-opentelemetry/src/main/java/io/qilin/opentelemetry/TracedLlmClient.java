package io.qilin.opentelemetry;

import io.opentelemetry.api.trace.SpanKind;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A model whose calls are told by the conventions for generative AI. As safe to share as the client. */
final class TracedLlmClient implements LlmClient {
  private final LlmClient client;
  private final Spans spans;
  private final LlmMeters meters;
  private final Optional<Content> content;
  private final LongSupplier ticker;

  TracedLlmClient(
      LlmClient client,
      Spans spans,
      LlmMeters meters,
      Optional<Content> content,
      LongSupplier ticker) {
    this.client = Objects.requireNonNull(client, "client");
    this.spans = spans;
    this.meters = meters;
    this.content = content;
    this.ticker = ticker;
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
  public LlmReply complete(LlmRequest request, LlmCall call) {
    // Asked once: a model that fails to name itself after it answered would lose the answer.
    LlmModel model = model();
    return spans.within(GenAi.OPERATION + " " + model.name(), SpanKind.CLIENT, span -> {
      span.tell(open -> asked(open, model, request));
      LlmReply reply = measured(model, request, call);
      span.tell(open -> answered(open, reply));
      return reply;
    });
  }

  private LlmReply measured(LlmModel model, LlmRequest request, LlmCall call) {
    long began = ticker.getAsLong();
    LlmReply reply;
    try {
      reply = client.complete(request, call);
    } catch (RuntimeException | Error e) {
      meters.failed(model, Keys.errorType(e), ticker.getAsLong() - began);
      throw e;
    }
    meters.answered(model, reply, ticker.getAsLong() - began);
    return reply;
  }

  private void asked(OpenSpan span, LlmModel model, LlmRequest request) {
    span.set(Keys.OPERATION, GenAi.OPERATION);
    span.set(Keys.PROVIDER, GenAi.provider(model.provider()));
    span.set(Keys.REQUEST_MODEL, model.name());
    span.set(Keys.MAX_TOKENS, (long) request.maxOutputTokens());
    request.temperature().ifPresent(value -> span.set(Keys.TEMPERATURE, value));
    request.seed().ifPresent(value -> span.set(Keys.SEED, value));
    request.schema().ifPresent(schema -> span.set(Keys.OUTPUT_TYPE, "json"));
    content.ifPresent(words -> span.set(Keys.INPUT_MESSAGES, words.asked(request)));
  }

  private void answered(OpenSpan span, LlmReply reply) {
    span.set(Keys.RESPONSE_MODEL, Keys.cut(reply.model()));
    span.set(Keys.FINISH_REASONS, List.of(GenAi.finish(reply.finish())));
    reply.usage().ifPresent(usage -> {
      span.set(Keys.INPUT_TOKENS, usage.prompt());
      span.set(Keys.CACHED_TOKENS, usage.cached());
      span.set(Keys.OUTPUT_TOKENS, usage.completion());
    });
    content.ifPresent(words -> span.set(Keys.OUTPUT_MESSAGES, words.answered(reply)));
  }

  @Override
  public void close() {
    client.close();
  }
}
