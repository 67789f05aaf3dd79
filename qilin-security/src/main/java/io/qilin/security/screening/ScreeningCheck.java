package io.qilin.security.screening;

/**
 * A check of the host that runs beside the rules. It must be thread-safe, fast and linear in the text. If it throws or
 * answers a score below 0 or above 100, the request is refused.
 */
@FunctionalInterface
public interface ScreeningCheck {
  /**
   * Scores one text.
   *
   * @param part where it is
   * @param field its name, decoded
   * @param text its value, decoded
   * @return 0 for nothing found, else what is added to the score, at most 100; 5 blocks by itself at the default threshold
   */
  int score(RequestPart part, String field, String text);
}
