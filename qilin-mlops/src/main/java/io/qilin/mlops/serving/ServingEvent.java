package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.model.ModelId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that an operator of a served model should know.
 *
 * @param kind what
 * @param model which version; empty where none is meant
 * @param error the code of the failure behind it
 * @param detail for people; empty if there is no more to say
 * @param at when, by the clock of the serving
 */
public record ServingEvent(
    Kind kind, Optional<ModelId> model, Optional<ErrorCode> error, String detail, Instant at) {
  /** What can happen. */
  public enum Kind {
    /** A version serves from now on as the production version. */
    SERVING,
    /** A version could not be opened, or did not give its golden scores; the one before goes on, marked as degraded. */
    REFUSED,
    /** The production version failed in a call; the previous one answers, marked as degraded. */
    FELL_BACK,
    /** The production version, which had failed, answers again. */
    RECOVERED,
    /** No version is in production any more; calls are refused. */
    WITHDRAWN,
    /** The registry could not be asked; what serves goes on. */
    REFRESH_FAILED,
    /** A version that serves no more could not be closed. */
    CLOSE_FAILED
  }

  /** Checks that every part is there. */
  public ServingEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(at, "at");
  }
}
