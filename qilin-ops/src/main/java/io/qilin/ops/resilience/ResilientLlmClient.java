package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language model that is asked through a {@link Resilience}. A call ends within its own timeout even if the model ignores it; pieces
 * of an answer still come on the calling thread. Never hedged: two answers would be paid for, and their pieces would mix. What the
 * guard itself refuses is LLM_UNAVAILABLE or LLM_RATE_LIMITED, what takes too long LLM_TIMEOUT.
 *
 * <p>For several models with a common budget take {@code LlmRouter} of qilin-agents instead. A budget goes around this client, not into
 * it, so that {@link #attempts} is reserved. Safe for use by several threads.
 */
public final class ResilientLlmClient implements LlmClient {
  private final LlmClient client;
  private final Resilience resilience;

  private ResilientLlmClient(LlmClient client, Resilience resilience) {
    this.client = client;
    this.resilience = resilience;
  }

  /** A model behind a guard. */
  public static ResilientLlmClient of(LlmClient client, Resilience resilience) {
    return new ResilientLlmClient(
        Objects.requireNonNull(client, "client"), Objects.requireNonNull(resilience, "resilience"));
  }

  @Override
  public LlmModel model() {
    return client.model();
  }

  @Override
  public List<LlmModel> models() {
    return client.models();
  }

  /** Those of the model, times those of the policy in force. */
  @Override
  public int attempts() {
    return client.attempts() * resilience.policy().attempts();
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    Objects.requireNonNull(request, "request");
    call.cancellation().check();
    Pieces pieces = new Pieces(call);
    Ask ask = new Ask(
        true,
        false,
        Wording.LLM,
        Optional.of(call.timeout()),
        () -> call.cancellation().isCancelled() || pieces.thrown != null);
    try {
      Outcome<LlmReply> outcome =
          resilience.run(ask, link -> attempt(request, call, pieces, link), List.of());
      pieces.rethrow();
      return outcome.orThrow();
    } catch (QilinException e) {
      pieces.rethrow();
      throw e;
    }
  }

  private LlmReply attempt(LlmRequest request, LlmCall call, Pieces pieces, Work.Link link) {
    Cancellation own = new Cancellation();
    link.whenGivenUp(own::cancel);
    Duration longest = resilience
        .policy()
        .attemptTimeout()
        .filter(limit -> limit.compareTo(call.timeout()) < 0)
        .orElse(call.timeout());
    return client.complete(
        request, new LlmCall(longest, own, piece -> relay(link, () -> pieces.accept(piece))));
  }

  private static void relay(Work.Link link, Runnable piece) {
    try {
      link.relay(piece);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "nobody waits for the answer any more", e);
    }
  }

  /** Frees the model; the guard stays open. */
  @Override
  public void close() {
    client.close();
  }

  /** The caller's consumer; what it threw is no failure of the model. Used by the calling thread. */
  private static final class Pieces {
    private final LlmCall call;
    private @Nullable RuntimeException thrown;

    Pieces(LlmCall call) {
      this.call = call;
    }

    void accept(String piece) {
      try {
        call.onText().accept(piece);
      } catch (RuntimeException e) {
        thrown = e;
        throw e;
      }
    }

    void rethrow() {
      if (thrown != null) {
        throw thrown;
      }
    }
  }
}
