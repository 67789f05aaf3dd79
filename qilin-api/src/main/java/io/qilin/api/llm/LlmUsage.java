package io.qilin.api.llm;

import io.qilin.api.error.QilinException;

/**
 * What a call used, in tokens.
 *
 * @param prompt tokens of the question, those from the server's cache included
 * @param cached those of them that came from the server's cache
 * @param completion tokens of the answer, reasoning included
 */
public record LlmUsage(long prompt, long cached, long completion) {
  /**
   * Checks the numbers.
   *
   * @throws QilinException INVALID_ARGUMENT if one is negative, or more is cached than asked
   */
  public LlmUsage {
    if (prompt < 0 || cached < 0 || completion < 0 || cached > prompt) {
      throw QilinException.invalid("tokens are not negative, and cached at most prompt, were "
          + prompt + ", " + cached + " and " + completion);
    }
  }

  /** All tokens; {@link Long#MAX_VALUE} if they are more. */
  public long total() {
    long sum = prompt + completion;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
