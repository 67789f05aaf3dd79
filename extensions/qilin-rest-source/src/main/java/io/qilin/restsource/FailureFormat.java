package io.qilin.restsource;

import java.util.List;
import java.util.Optional;

/**
 * How a service tells in an answer that it failed.
 *
 * @param code JSON pointer to its code
 * @param good the code of success; without it any code is a failure
 * @param message JSON pointer to its message
 * @param rules what failures mean; DATA_FETCH if none fits
 */
public record FailureFormat(
    String code, Optional<String> good, String message, List<ErrorRule> rules) {
  /** Checks the pointers and copies the list. */
  public FailureFormat {
    AnswerFormat.pointer(code);
    AnswerFormat.pointer(message);
    rules = List.copyOf(rules);
  }
}
