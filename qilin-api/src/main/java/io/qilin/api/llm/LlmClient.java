package io.qilin.api.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * A language model that can be asked. Routing, budgets, recording and replay are clients that hold another client, so that
 * they can be put together. Safe to share between threads.
 */
public interface LlmClient extends AutoCloseable {
  /** The model that answers; of several, the one that is asked first. */
  LlmModel model();

  /**
   * All models that may answer, {@link #model} first; a budget takes the dearest price, and an answer is marked if one of them may
   * have seen the day in training. That model alone unless overridden.
   */
  default List<LlmModel> models() {
    return List.of(model());
  }

  /**
   * The most times that one call may be sent and charged, from 1; a budget reserves for all. 1 unless overridden: a client that asks
   * again by itself, or elsewhere, overrides it, and one around another passes it on.
   */
  default int attempts() {
    return 1;
  }

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
