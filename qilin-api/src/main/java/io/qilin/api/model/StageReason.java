package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.Map;

/**
 * Why a version was moved: a sentence, and the facts behind it.
 *
 * @param text a sentence for people; 1 to 65,536 characters, not blank
 * @param facts for programs, for example the figures of a promotion policy; at most 1,000 with names of 1 to 250 characters and
 *     values of at most 65,536, 1,048,576 characters in all
 */
public record StageReason(String text, Map<String, String> facts) {
  private static final int MAX_TEXT = 1 << 16;

  /**
   * Checks and copies; the facts keep their order.
   *
   * @throws QilinException INVALID_ARGUMENT naming the first fault
   */
  public StageReason {
    ModelText.requireFilled("the reason of a move", text, MAX_TEXT);
    facts = Collections.unmodifiableMap(ModelText.requireAll("facts", facts, 1_000, 250, MAX_TEXT));
  }

  /** A reason without facts. */
  public static StageReason of(String text) {
    return new StageReason(text, Map.of());
  }
}
