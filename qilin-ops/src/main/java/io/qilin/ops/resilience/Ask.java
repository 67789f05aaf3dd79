package io.qilin.ops.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How one call is to be made.
 *
 * @param repeatable whether it may be tried again
 * @param hedged whether it may run twice at once
 * @param wording the codes of the guard's own failures
 * @param within a time limit of the caller's, beside that of the policy
 * @param cancelled whether the caller wants it no more; asked every 50 ms
 */
record Ask(
    boolean repeatable,
    boolean hedged,
    Wording wording,
    Optional<Duration> within,
    BooleanSupplier cancelled) {
  static final Ask PLAIN = of(true, true, Wording.GENERAL);
  static final Ask ONCE = of(false, false, Wording.GENERAL);

  static Ask of(boolean repeatable, boolean hedged, Wording wording) {
    return new Ask(repeatable, hedged, wording, Optional.empty(), () -> false);
  }
}
