package io.qilin.ops.quota;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who waits, and whose turn it is; {@link QuotaPool} says by which rule. Used under its lock. */
final class FairShare {
  private final int permits;
  private final Set<StrategyState> waiting = new LinkedHashSet<>();
  private long virtualTime;

  /** The weights of all strategies that hold or wait. */
  private long activeWeight;

  FairShare(int permits) {
    this.permits = permits;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(Waiter waiter) {
    boolean before = waiter.state.active();
    waiter.state.waiters.addLast(waiter);
    changed(waiter.state, before);
    waiting.add(waiter.state);
  }

  void remove(Waiter waiter) {
    boolean before = waiter.state.active();
    waiter.state.waiters.remove(waiter);
    changed(waiter.state, before);
    settle(waiter.state);
  }

  /** The first of a strategy, which got its lease. */
  Waiter take(StrategyState state) {
    Waiter first = state.waiters.removeFirst();
    settle(state);
    return first;
  }

  private void settle(StrategyState state) {
    if (state.waiters.isEmpty()) {
      waiting.remove(state);
    }
  }

  /** The strategy whose turn it is; null if nobody who waits may have a lease. */
  @Nullable
  StrategyState next(@Nullable GpuMeter gpu, long now) {
    StrategyState best = null;
    boolean bestBelow = false;
    long least = Long.MAX_VALUE;
    for (StrategyState state : waiting) {
      if (state.limit(gpu, now) != null) {
        continue;
      }
      least = Math.min(least, state.tag);
      boolean below = state.held * activeWeight < (long) permits * state.weight();
      if (best == null || (below && !bestBelow) || (below == bestBelow && state.tag < best.tag)) {
        best = state;
        bestBelow = below;
      }
    }
    if (best != null) {
      virtualTime = Math.max(virtualTime, least);
    }
    return best;
  }

  /** A strategy holds one more. */
  void granted(StrategyState state, long now) {
    boolean before = state.active();
    state.hold(1, now);
    changed(state, before);
    if (waiting.isEmpty()) {
      virtualTime = Math.max(virtualTime, state.tag);
    }
    // Who could not be served for long has its turn first, but not for as long.
    state.tag = Math.max(state.tag, virtualTime - permits * StrategyState.STRIDE) + state.stride();
  }

  /** A strategy holds one less. */
  void returned(StrategyState state, long now) {
    boolean before = state.active();
    state.hold(-1, now);
    changed(state, before);
  }

  /** A change that may change the weight. */
  void reweigh(StrategyState state, Runnable change) {
    activeWeight -= state.active() ? state.weight() : 0;
    change.run();
    activeWeight += state.active() ? state.weight() : 0;
  }

  /** All tasks that wait, which wait no longer. */
  List<Waiter> removeTasks() {
    List<Waiter> tasks = new ArrayList<>();
    for (StrategyState state : List.copyOf(waiting)) {
      for (Waiter waiter : List.copyOf(state.waiters)) {
        if (waiter.task != null) {
          remove(waiter);
          state.queued--;
          tasks.add(waiter);
        }
      }
    }
    return tasks;
  }

  void wakeAll() {
    for (StrategyState state : waiting) {
      for (Waiter waiter : state.waiters) {
        if (waiter.wake != null) {
          waiter.wake.signal();
        }
      }
    }
  }

  /** After a change of a strategy that was active before, or was not. */
  private void changed(StrategyState state, boolean before) {
    boolean after = state.active();
    if (before && !after) {
      activeWeight -= state.weight();
    } else if (!before && after) {
      activeWeight += state.weight();
      state.tag = Math.max(state.tag, virtualTime);
    }
  }
}
