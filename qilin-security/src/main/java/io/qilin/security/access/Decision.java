package io.qilin.security.access;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What the policy says. Immutable. Rule and reason are for the audit log; the caller is told {@link #orThrow}'s message at most.
 */
public sealed interface Decision {
  /** The id of the rule that decided; {@code default} where no rule allowed, {@code error} where deciding failed. */
  String rule();

  /** Why, in one line, without anything secret. */
  String reason();

  /** Calls the function of the case that it is. */
  <R> R fold(Function<Allow, R> allow, Function<Deny, R> deny, Function<StepUp, R> stepUp);

  /** Whether the request may go on as it is. */
  default boolean allowed() {
    return this instanceof Allow;
  }

  /**
   * Returns if the request is allowed.
   *
   * @throws QilinException AUTHORIZATION if it is denied, STEP_UP_REQUIRED if a second factor is missing; no message names a rule
   */
  default void orThrow() {
    if (this instanceof StepUp) {
      throw new QilinException(
          ErrorCode.STEP_UP_REQUIRED, "this needs a fresh second factor; give one and try again");
    }
    if (!allowed()) {
      throw new QilinException(ErrorCode.AUTHORIZATION, "this is not allowed");
    }
  }

  /** The request is allowed. */
  record Allow(String rule, String reason) implements Decision {
    /** Checks that there are both. */
    public Allow {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(
        Function<Allow, R> allow, Function<Deny, R> deny, Function<StepUp, R> stepUp) {
      return allow.apply(this);
    }
  }

  /** The request is denied. */
  record Deny(String rule, String reason) implements Decision {
    /** Checks that there are both. */
    public Deny {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(
        Function<Allow, R> allow, Function<Deny, R> deny, Function<StepUp, R> stepUp) {
      return deny.apply(this);
    }
  }

  /**
   * The request would be allowed with a second factor that is fresh enough. Until then it is refused.
   *
   * @param methods the methods of which one is asked for
   * @param maxAge how long ago it may have been given
   */
  record StepUp(String rule, String reason, Set<String> methods, Duration maxAge)
      implements Decision {
    /** Checks and copies the parts. */
    public StepUp {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(reason, "reason");
      methods = Set.copyOf(methods);
      Objects.requireNonNull(maxAge, "maxAge");
    }

    @Override
    public <R> R fold(
        Function<Allow, R> allow, Function<Deny, R> deny, Function<StepUp, R> stepUp) {
      return stepUp.apply(this);
    }
  }
}
