package io.qilin.api.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;

/**
 * A language model that can be asked. Routing, budgets, recording and replay are clients that hold another client, so that
 * they can be put together. Safe to share between threads.
 */
public interface LlmClient extends AutoCloseable {
  /** The model that answers; of several, the one that is asked first. */
  LlmModel model();

  /**
   * Asks, and waits for the answer on the calling thread.
   *
   * @throws QilinException {@link ErrorCode#LLM_UNAVAILABLE}, {@link ErrorCode#LLM_REFUSED}, {@link
   *     ErrorCode#LLM_RATE_LIMITED}, {@link ErrorCode#LLM_TIMEOUT}, {@link ErrorCode#LLM_INVALID_REPLY}, {@link
   *     ErrorCode#LLM_BUDGET_EXHAUSTED}, {@link ErrorCode#LLM_NOT_RECORDED}; UNSUPPORTED if the model lacks what the request
   *     needs; CANCELLED. No message holds a secret.
   */
  LlmReply complete(LlmRequest request, LlmCall call);

  /** Frees what it holds; calls that still run fail. */
  @Override
  void close();
}
