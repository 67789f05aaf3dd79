package io.qilin.spring.data;

import io.qilin.data.failover.Attempt;
import io.qilin.data.failover.ChainEvent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last call of each member came to, so that a source is told degraded from the first failure on and not only when
 * its breaker opens, and until it has served again. Safe for use by several threads.
 */
final class SourceStates implements ChainListener {
  private final Map<String, String> failing = new ConcurrentHashMap<>();
  private volatile String stale = "";

  @Override
  public void accept(ChainEvent event) {
    if (event instanceof ChainEvent.PassedOver passed) {
      failed(passed.attempt());
    } else if (event instanceof ChainEvent.Answered answered) {
      boolean copy = answered.answer().stale();
      stale = copy ? "the last answer was a kept copy of " + answered.answer().member() : "";
      if (!copy) {
        failing.remove(answered.answer().member());
      }
    }
  }

  private void failed(Attempt attempt) {
    switch (attempt.outcome()) {
      case FAILED, INVALID_ANSWER, TIMED_OUT, OVERTAKEN, CIRCUIT_OPEN, BUSY, NOT_STARTED ->
        failing.merge(
            attempt.member(),
            attempt.outcome() + (attempt.reason().isEmpty() ? "" : ": " + attempt.reason()),
            // An open breaker says less than why it opened.
            (before, now) -> now.startsWith("CIRCUIT_OPEN") ? before : now);
      case NO_DATA -> failing.remove(attempt.member());
      case SERVED, CANCELLED, NOT_CAPABLE -> {}
    }
  }

  /** What is wrong, by member. */
  Map<String, String> failing() {
    return new TreeMap<>(failing);
  }

  /** Why the last answer counts as stale; empty if it was fresh. */
  Optional<String> stale() {
    return Optional.of(stale).filter(text -> !text.isEmpty());
  }
}
