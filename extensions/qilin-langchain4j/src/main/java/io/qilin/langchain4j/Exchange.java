package io.qilin.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One question. The model's threads put what comes into a queue; the calling thread takes it from there, and looks every 20 ms
 * whether the call should end. What comes after the end reaches nobody.
 */
final class Exchange implements StreamingChatResponseHandler {
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST = TimeUnit.DAYS.toNanos(365);

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final AtomicLong received = new AtomicLong();
  private final LlmModel model;
  private final boolean needsFinish;
  private final LongSupplier ticker;
  private final LlmCall call;
  private final AtomicBoolean closed;
  private final long deadline;
  private volatile @Nullable StreamingHandle handle;
  private volatile boolean over;
  private boolean complete;

  private interface Signal {}

  private record Piece(String text) implements Signal {}

  private record Complete(@Nullable ChatResponse response) implements Signal {}

  private record Failed(Throwable why) implements Signal {}

  Exchange(
      LlmModel model,
      boolean needsFinish,
      LongSupplier ticker,
      LlmCall call,
      AtomicBoolean closed) {
    this.model = model;
    this.needsFinish = needsFinish;
    this.ticker = ticker;
    this.call = call;
    this.closed = closed;
    long time = call.timeout().compareTo(Duration.ofNanos(LONGEST)) >= 0
        ? LONGEST
        : call.timeout().toNanos();
    this.deadline = ticker.getAsLong() + time;
  }

  /** Asks on the executor and waits for the end. */
  LlmReply run(Executor executor, ChatModelClient.Asker asker, ChatRequest request) {
    check();
    FutureTask<Boolean> task = new FutureTask<>(() -> ask(asker, request), true);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      throw new QilinException(
          ErrorCode.LLM_UNAVAILABLE,
          "the executor takes no more, so " + model + " was not asked; give it more room",
          e);
    }
    try {
      return await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted that waited for " + model, e);
    } finally {
      over = true;
      if (!complete) {
        task.cancel(true);
        cancel(handle);
      }
    }
  }

  private void ask(ChatModelClient.Asker asker, ChatRequest request) {
    try {
      asker.ask(request, this);
    } catch (RuntimeException | Error e) {
      signals.add(new Failed(e));
    }
  }

  private LlmReply await() throws InterruptedException {
    while (true) {
      check();
      Signal signal = signals.poll(
          Math.max(1, Math.min(SLICE, deadline - ticker.getAsLong())), TimeUnit.NANOSECONDS);
      if (signal instanceof Piece piece) {
        call.onText().accept(piece.text());
      } else if (signal instanceof Complete whole) {
        complete = true;
        return ReplyMapping.map(model, whole.response(), needsFinish);
      } else if (signal instanceof Failed failed) {
        return ModelFailure.refusalOrThrow(model, failed.why());
      }
    }
  }

  private void check() {
    call.cancellation().check();
    if (closed.get()) {
      throw new QilinException(
          ErrorCode.LLM_UNAVAILABLE, "the client of " + model + " was closed; open another");
    }
    if (deadline - ticker.getAsLong() <= 0) {
      throw new QilinException(
          ErrorCode.LLM_TIMEOUT,
          model + " did not answer within " + call.timeout()
              + "; give it more time, or let a router ask another model");
    }
  }

  /** Whether more may come: not after the end, and not more than an answer may have. */
  private boolean isWanted(int characters) {
    if (over) {
      cancel(handle);
      return false;
    }
    long all = received.addAndGet(characters);
    if (all > ReplyMapping.MOST_CHARACTERS) {
      if (all - characters <= ReplyMapping.MOST_CHARACTERS) {
        signals.add(new Failed(ReplyMapping.tooLong(model)));
      }
      cancel(handle);
      return false;
    }
    return true;
  }

  private static void cancel(@Nullable StreamingHandle running) {
    if (running != null) {
      try {
        running.cancel();
      } catch (RuntimeException e) {
        // Not every model can be stopped; what still comes reaches nobody.
        return;
      }
    }
  }

  @Override
  public void onPartialResponse(String text) {
    if (!text.isEmpty() && isWanted(text.length())) {
      signals.add(new Piece(text));
    }
  }

  @Override
  public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
    handle = context.streamingHandle();
    onPartialResponse(partial.text());
  }

  @Override
  public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
    handle = context.streamingHandle();
    onPartialThinking(partial);
  }

  @Override
  public void onPartialThinking(PartialThinking partial) {
    isWanted(partial.text().length());
  }

  @Override
  public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
    handle = context.streamingHandle();
    onPartialToolCall(partial);
  }

  @Override
  public void onPartialToolCall(PartialToolCall partial) {
    isWanted(partial.partialArguments().length());
  }

  @Override
  public void onCompleteResponse(@Nullable ChatResponse response) {
    signals.add(new Complete(response));
  }

  @Override
  public void onError(Throwable why) {
    signals.add(new Failed(why));
  }
}
