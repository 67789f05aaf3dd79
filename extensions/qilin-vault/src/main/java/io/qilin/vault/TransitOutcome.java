package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What became of one item of a batch; the others are not touched by a failure. */
public sealed interface TransitOutcome<T> {
  /** The answer to each case. */
  <R> R fold(Function<? super T, R> done, BiFunction<ErrorCode, String, R> failed);

  /**
   * It was done. Prints without the value.
   *
   * @param value what came out
   */
  record Done<T>(T value) implements TransitOutcome<T> {
    /** Checks that there is a value. */
    public Done {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public <R> R fold(Function<? super T, R> done, BiFunction<ErrorCode, String, R> failed) {
      return done.apply(value);
    }

    @Override
    public String toString() {
      return "Done";
    }
  }

  /**
   * It failed.
   *
   * @param code as the call for one item would throw
   * @param reason why, one line
   */
  record Failed<T>(ErrorCode code, String reason) implements TransitOutcome<T> {
    /** Checks that nothing is missing. */
    public Failed {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Function<? super T, R> done, BiFunction<ErrorCode, String, R> failed) {
      return failed.apply(code, reason);
    }
  }
}
