package io.qilin.benchmarks;

import io.qilin.data.bench.Timings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The timings of one contender, gathered turn by turn. */
final class Turns {
  private @Nullable Timings all;

  void add(Timings turn) {
    all = all == null ? turn : all.and(turn);
  }

  /** All so far; there was at least one turn. */
  Timings timings() {
    return Objects.requireNonNull(all, "no turn was taken");
  }
}
