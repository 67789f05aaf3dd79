package io.qilin.ops.quota;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A thread or a task that waits for a lease. The fields that change are behind the lock of the pool. */
final class Waiter {
  final StrategyState state;

  /** Wakes the thread; null for a task. */
  final @Nullable Condition wake;

  /** What waits; null for a thread. */
  final @Nullable Task task;

  @Nullable
  QuotaLease lease;

  /** Whether the executor did not take the task. */
  volatile boolean rejected;

  /** A task, and who is to run it. */
  record Task(Runnable body, Executor executor) {}

  private Waiter(StrategyState state, @Nullable Condition wake, @Nullable Task task) {
    this.state = state;
    this.wake = wake;
    this.task = task;
  }

  static Waiter thread(StrategyState state, Condition wake) {
    return new Waiter(state, wake, null);
  }

  static Waiter task(StrategyState state, Runnable body, Executor executor) {
    return new Waiter(state, null, new Task(body, executor));
  }
}
