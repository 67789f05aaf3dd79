package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;

/**
 * A line of the history of a name: one version moved, or was looked at and left where it is.
 *
 * @param id what moved
 * @param number counts the moves of the name from 1 on
 * @param from where it was
 * @param to where it is; the same as from if a decision left it there
 * @param rollback whether it came back by {@link ModelRegistry#rollback}
 * @param at when, by the clock of the registry
 * @param reason why
 */
public record StageMove(
    ModelId id,
    long number,
    ModelStage from,
    ModelStage to,
    boolean rollback,
    Instant at,
    StageReason reason) {
  /** Checks. */
  public StageMove {
    Objects.requireNonNull(id, "id");
    if (number < 1) {
      throw QilinException.invalid("moves count from 1, was " + number);
    }
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(reason, "reason");
  }
}
