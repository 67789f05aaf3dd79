package io.qilin.api.llm;

import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a request is to be carried out; it does not change the question.
 *
 * @param timeout the whole time that the call may take, retries included, positive
 * @param cancellation stops the call within 100 ms
 * @param onText gets the answer piece by piece where the model streams, on the calling thread; what it got may be of an
 *     attempt that failed later
 */
public record LlmCall(Duration timeout, Cancellation cancellation, Consumer<String> onText) {
  /**
   * Checks the time.
   *
   * @throws QilinException INVALID_ARGUMENT if it is not positive
   */
  public LlmCall {
    Objects.requireNonNull(cancellation, "cancellation");
    Objects.requireNonNull(onText, "onText");
    if (timeout.isZero() || timeout.isNegative()) {
      throw QilinException.invalid("a call needs a positive timeout, was " + timeout);
    }
  }

  /** A call within a time. */
  public static LlmCall within(Duration timeout) {
    return new LlmCall(timeout, new Cancellation(), text -> {});
  }

  /** The same call within another time. */
  public LlmCall withTimeout(Duration other) {
    return new LlmCall(other, cancellation, onText);
  }
}
