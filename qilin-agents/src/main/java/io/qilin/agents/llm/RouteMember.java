package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A client of a router, with what guards it. Safe for use by several threads. */
final class RouteMember {
  /** What an attempt came to: a reply or an error. */
  record Outcome(
      RouteMember member,
      Optional<LlmReply> reply,
      Optional<QilinException> error,
      long nanos,
      boolean hedge) {}

  private final String name;
  private final LlmClient client;
  private final int weight;
  private final LlmBreaker breaker;
  private final Duration patience;
  private final Semaphore slots;
  private final LongSupplier ticker;

  RouteMember(
      String name,
      LlmClient client,
      int weight,
      LlmBreakerSettings breaker,
      int mostAtOnce,
      LongSupplier ticker) {
    this.name = name;
    this.client = client;
    this.weight = weight;
    this.breaker = new LlmBreaker(breaker, ticker);
    this.patience = breaker.patience();
    this.slots = new Semaphore(mostAtOnce);
    this.ticker = ticker;
  }

  String name() {
    return name;
  }

  LlmClient client() {
    return client;
  }

  int weight() {
    return weight;
  }

  boolean isOpen() {
    return breaker.isOpen();
  }

  /** Whether a call may be made within a wait; then {@link #attempt} or {@link #leave} follows. */
  boolean enter(long waitNanos) throws InterruptedException {
    return slots.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
  }

  /** A pass of the breaker; empty if the member is left alone. */
  OptionalLong pass() {
    return breaker.enter();
  }

  /** Gives a slot back, and a pass, if there is one, without an outcome. */
  void leave(OptionalLong pass) {
    pass.ifPresent(breaker::abandon);
    slots.release();
  }

  /** Makes the call; gives slot and pass back. What the consumer of text throws is the caller's own. */
  Outcome attempt(LlmRequest request, LlmCall call, long pass, boolean hedge, OnText onText) {
    long begun = ticker.getAsLong();
    boolean settled = false;
    try {
      LlmReply reply =
          client.complete(request, new LlmCall(call.timeout(), call.cancellation(), onText));
      breaker.report(pass, true);
      settled = true;
      return new Outcome(
          this, Optional.of(reply), Optional.empty(), ticker.getAsLong() - begun, hedge);
    } catch (RuntimeException e) {
      onText.rethrow(e);
      QilinException error = known(e);
      if (isBad(error.code(), call.timeout())) {
        breaker.report(pass, false);
        settled = true;
      }
      return new Outcome(
          this, Optional.empty(), Optional.of(error), ticker.getAsLong() - begun, hedge);
    } finally {
      if (!settled) {
        breaker.abandon(pass);
      }
      slots.release();
    }
  }

  private QilinException known(RuntimeException e) {
    return e instanceof QilinException known
        ? known
        : new QilinException(
            ErrorCode.LLM_UNAVAILABLE,
            "the client " + QilinException.quote(name) + " failed with "
                + e.getClass().getName() + "; report it to its author",
            e);
  }

  private boolean isBad(ErrorCode code, Duration had) {
    return switch (code) {
      case LLM_UNAVAILABLE, LLM_RATE_LIMITED, LLM_INVALID_REPLY -> true;
      case LLM_TIMEOUT -> had.compareTo(patience) >= 0;
      default -> false;
    };
  }
}
