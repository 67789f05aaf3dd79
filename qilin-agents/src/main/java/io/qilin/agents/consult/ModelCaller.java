package io.qilin.agents.consult;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks a client, and is back by the deadline even if the client is not. Safe to share.
 *
 * @param executor where the client runs; on the calling thread, where a client that heeds no timeout cannot be left, if empty
 * @param onFailure hears of every failure
 */
record ModelCaller(
    LlmClient client,
    Optional<Executor> executor,
    LongSupplier ticker,
    Consumer<RuntimeException> onFailure) {
  private static final long SLICE_NANOS = 20_000_000;

  /** A reply, or the code of what failed. */
  record Outcome(Optional<LlmReply> reply, Optional<ErrorCode> failure) {
    static Outcome failed(ErrorCode code) {
      return new Outcome(Optional.empty(), Optional.of(code));
    }
  }

  /**
   * Asks.
   *
   * @param end when it must be over, by the ticker
   * @throws QilinException CANCELLED if the caller cancels or is interrupted
   */
  Outcome ask(LlmRequest request, LlmCall call, long end) {
    call.cancellation().check();
    long left = end - ticker.getAsLong();
    if (left <= 0) {
      return Outcome.failed(ErrorCode.LLM_TIMEOUT);
    }
    try {
      LlmReply reply = executor.isPresent()
          ? elsewhere(request, call, end)
          : client.complete(request, call.withTimeout(Duration.ofNanos(left)));
      return new Outcome(Optional.of(Objects.requireNonNull(reply, "reply")), Optional.empty());
    } catch (QilinException e) {
      call.cancellation().check();
      if (Thread.currentThread().isInterrupted()) {
        throw new QilinException(ErrorCode.CANCELLED, "the thread was interrupted", e);
      }
      onFailure.accept(e);
      return Outcome.failed(e.code() == ErrorCode.CANCELLED ? ErrorCode.LLM_TIMEOUT : e.code());
    } catch (RuntimeException e) {
      onFailure.accept(e);
      return Outcome.failed(ErrorCode.LLM_UNAVAILABLE);
    }
  }

  private LlmReply elsewhere(LlmRequest request, LlmCall call, long end) {
    Cancellation own = new Cancellation();
    LlmCall inner =
        new LlmCall(Duration.ofNanos(Math.max(1, end - ticker.getAsLong())), own, call.onText());
    FutureTask<LlmReply> task = new FutureTask<>(() -> client.complete(request, inner));
    boolean done = false;
    try {
      executor.orElseThrow().execute(task);
      LlmReply reply = await(task, call, end);
      done = true;
      return reply;
    } catch (RejectedExecutionException e) {
      throw new QilinException(ErrorCode.LLM_UNAVAILABLE, "the executor takes no more work", e);
    } finally {
      if (!done) {
        own.cancel();
        task.cancel(true);
      }
    }
  }

  @SuppressWarnings("RedundantControlFlow") // says what follows a slice without an answer
  private LlmReply await(FutureTask<LlmReply> task, LlmCall call, long end) {
    while (true) {
      call.cancellation().check();
      long left = end - ticker.getAsLong();
      if (left <= 0 && !task.isDone()) {
        throw new QilinException(ErrorCode.LLM_TIMEOUT, "no answer in time");
      }
      try {
        return task.get(Math.max(1, Math.min(left, SLICE_NANOS)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QilinException(ErrorCode.CANCELLED, "the thread was interrupted", e);
      } catch (ExecutionException e) {
        throw thrown(e);
      }
    }
  }

  private static RuntimeException thrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof QilinException known
        ? known
        : new QilinException(ErrorCode.LLM_UNAVAILABLE, "the client failed", e);
  }
}
