package io.qilin.ops.error;

import java.time.Instant;
import java.util.Objects;

/**
 * The last good answer, as it was kept.
 *
 * @param <T> what was answered
 * @param value the answer
 * @param source who gave it, for example {@code vendor-a}
 * @param fetched when it was given
 */
public record KeptCopy<T>(T value, String source, Instant fetched) {
  /** Checks that the parts are there. */
  public KeptCopy {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(fetched, "fetched");
  }
}
