package io.qilin.ops.quota;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tasks to their executors, one after another on the thread that made room for them.
 *
 * <p>An executor may run a task on the calling thread; when that ends, room is made again. The tasks that get it then are left to the
 * loop that is under way on the thread, so that the stack does not grow with them. Safe to share between threads: the list of a
 * thread is its own.
 */
final class Handovers {
  private static final Logger LOG = LoggerFactory.getLogger(Handovers.class);

  /** The loop of each thread, whatever the pools of its tasks. */
  private static final ThreadLocal<@Nullable ArrayDeque<Handover>> UNDER_WAY = new ThreadLocal<>();

  private final QuotaPool pool;

  Handovers(QuotaPool pool) {
    this.pool = pool;
  }

  void go(List<Handover> granted) {
    if (granted.isEmpty()) {
      return;
    }
    ArrayDeque<Handover> outer = UNDER_WAY.get();
    ArrayDeque<Handover> mine = new ArrayDeque<>(granted);
    UNDER_WAY.set(mine);
    try {
      for (Handover next = mine.poll(); next != null; next = mine.poll()) {
        next.go();
      }
    } finally {
      for (Handover left = mine.poll(); left != null; left = mine.poll()) {
        left.drop();
      }
      if (outer == null) {
        UNDER_WAY.remove();
      } else {
        UNDER_WAY.set(outer);
      }
    }
  }

  /** A task ended. */
  void end(QuotaLease lease) {
    later(pool.finish(lease, false));
  }

  /** A task will not run. */
  void rejected(QuotaLease lease) {
    later(pool.finish(lease, true));
  }

  /** A task waits once more. */
  void again(Waiter waiter, Waiter.Task task) {
    String strategy = waiter.state.name;
    List<Handover> granted = pool.again(strategy, task);
    if (granted == null) {
      LOG.warn(
          "a task of the strategy {} waited too long in its executor and is not run", strategy);
      Handover.cancel(task.body());
    } else {
      later(granted);
    }
  }

  private void later(List<Handover> granted) {
    ArrayDeque<Handover> loop = UNDER_WAY.get();
    if (loop == null) {
      go(granted);
    } else {
      loop.addAll(granted);
    }
  }
}
