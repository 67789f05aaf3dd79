package io.qilin.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmCapability;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A chat model of LangChain4j as a language model of Qilin. The model runs on the host's executor, while the calling thread waits,
 * so that a timeout or a cancellation ends the call within 100 ms whatever the model does; the model's thread is then interrupted,
 * or its stream cancelled.
 *
 * <p>LangChain4j's failures become codes by their classes; their texts and causes, which may quote keys and prompts, are not passed
 * on. An answer has at most 1,048,576 characters and 128 calls of tools. What the declared model cannot heed is not sent: a
 * temperature, a schema (it is told in the instructions instead). A seed cannot be passed on at all. LangChain4j does not say which
 * part of a question came from a cache, so all of it counts as not cached. Safe to share between threads if the model is.
 */
public final class ChatModelClient implements LlmClient {
  private final LlmModel model;
  private final Asker asker;
  private final Executor executor;
  private final LongSupplier ticker;
  private final int attempts;
  private final boolean needsFinish;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Asks the model and tells what comes. */
  @FunctionalInterface
  interface Asker {
    void ask(ChatRequest request, Exchange exchange);
  }

  private ChatModelClient(Builder builder) {
    this.model = builder.model;
    this.asker = builder.asker;
    this.executor = builder.executor;
    this.ticker = builder.ticker;
    this.attempts = builder.attempts;
    this.needsFinish = builder.needsFinish;
    this.onClose = builder.onClose;
  }

  /**
   * A client of a model that answers at once.
   *
   * @param model what the model can do, by the host's word; without {@code STREAMING}
   * @param executor runs the calls; has threads of its own, as many as calls run at once
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(
      LlmModel model, ChatModel chat, Executor executor, LongSupplier ticker) {
    Objects.requireNonNull(chat, "chat");
    return new Builder(
        model,
        (request, exchange) -> exchange.onCompleteResponse(chat.chat(request)),
        false,
        executor,
        ticker);
  }

  /**
   * A client of a model that sends its answer piece by piece.
   *
   * @param model what the model can do, by the host's word; with {@code STREAMING}
   * @param executor begins the calls; has threads of its own
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(
      LlmModel model, StreamingChatModel chat, Executor executor, LongSupplier ticker) {
    Objects.requireNonNull(chat, "chat");
    return new Builder(model, chat::chat, true, executor, ticker);
  }

  @Override
  public LlmModel model() {
    return model;
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    ChatRequest mapped = new RequestMapping(model).map(request);
    return new Exchange(model, needsFinish, ticker, call, closed).run(executor, asker, mapped);
  }

  /** Ends the calls that still run. The chat model is the host's, and stays. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }

  /** For example {@code openai/gpt-5}. */
  @Override
  public String toString() {
    return model.toString();
  }

  /** A client in the making. Not thread-safe. */
  public static final class Builder {
    private final LlmModel model;
    private final Asker asker;
    private final boolean streaming;
    private final Executor executor;
    private final LongSupplier ticker;
    private int attempts = 3;
    private boolean needsFinish;
    private Runnable onClose = () -> {};

    private Builder(
        LlmModel model, Asker asker, boolean streaming, Executor executor, LongSupplier ticker) {
      this.model = Objects.requireNonNull(model, "model");
      this.asker = asker;
      this.streaming = streaming;
      this.needsFinish = streaming;
      this.executor = Objects.requireNonNull(executor, "executor");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * How often the chat model sends one question at most, by its own setting of retries, 1 to 10; 3 unless set, as models of
     * LangChain4j retry twice by default. Budgets reserve for all.
     */
    public Builder attempts(int most) {
      attempts = most;
      return this;
    }

    /**
     * Takes a streamed answer without a reason for its end as complete, for a model that never gives one. LangChain4j hands a
     * stream that was cut off, or in which the server told of an error, over as complete, with nothing but that reason missing; so
     * such an answer is LLM_UNAVAILABLE unless this is called.
     */
    public Builder mayOmitFinishReason() {
      needsFinish = false;
      return this;
    }

    /** Runs once when the client is closed, for example to end the executor; nothing unless set. */
    public Builder onClose(Runnable action) {
      onClose = Objects.requireNonNull(action, "action");
      return this;
    }

    /**
     * The client. Nothing is asked yet.
     *
     * @throws QilinException INVALID_CONFIGURATION if the model declares {@code STREAMING} and the chat model does not stream or the
     *     other way round, if it declares {@code SEED}, or for attempts out of their bounds
     */
    public ChatModelClient build() {
      if (model.can(LlmCapability.STREAMING) != streaming) {
        throw wrong(model
            + (streaming
                ? " is given as a StreamingChatModel: declare STREAMING"
                : " is given as a ChatModel, which does not stream: do not declare STREAMING, or give a"
                    + " StreamingChatModel"));
      }
      if (model.can(LlmCapability.SEED)) {
        throw wrong("LangChain4j passes no seed on to " + model
            + ": do not declare SEED; set one on the chat model itself if it has one");
      }
      if (attempts < 1 || attempts > 10) {
        throw wrong("attempts are 1 to 10, were " + attempts);
      }
      return new ChatModelClient(this);
    }

    private static QilinException wrong(String message) {
      return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }
  }
}
