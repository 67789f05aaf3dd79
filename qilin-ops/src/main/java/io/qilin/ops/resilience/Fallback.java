package io.qilin.ops.resilience;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * What is asked when the dependency did not answer. It should be quick: it gets the time that is left, at least 50 ms.
 *
 * @param <T> what was asked for
 * @param name who it is, for the outcome and the log
 * @param call asks it
 * @param fetched when an answer of it was fetched, if it is a kept copy
 */
public record Fallback<T>(
    String name, Callable<T> call, Function<? super T, Optional<Instant>> fetched) {
  /** Checks that the parts are there. */
  public Fallback {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(fetched, "fetched");
  }

  /** Something that answers afresh: another source, the result by rules. */
  public Fallback(String name, Callable<T> call) {
    this(name, call, value -> Optional.empty());
  }
}
