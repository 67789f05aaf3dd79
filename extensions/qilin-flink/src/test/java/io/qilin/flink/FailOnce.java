package io.qilin.flink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Passes elements on, and fails once, at the second element that it sees after a checkpoint was completed while it had seen some: so a job goes
 * back to a checkpoint that it has gone beyond.
 */
final class FailOnce<T> extends RichMapFunction<T, T> implements CheckpointListener {
  private static final long serialVersionUID = 1L;

  private static final Map<String, FailOnce.Plan> PLANS = new ConcurrentHashMap<>();

  private final String name;
  private transient int seen;
  private transient int sinceCheckpoint;
  private transient boolean completed;

  private FailOnce(String name) {
    this.name = name;
  }

  /** What a test has planned. */
  private record Plan(AtomicInteger failures, Runnable afterCheckpoint) {}

  static <T> FailOnce<T> of(String name) {
    return new FailOnce<>(name);
  }

  /** From now on it fails once; after the checkpoint, something is run. */
  static void arm(String name, Runnable afterCheckpoint) {
    PLANS.put(name, new Plan(new AtomicInteger(), afterCheckpoint));
  }

  static int failures(String name) {
    Plan plan = PLANS.get(name);
    return plan == null ? 0 : plan.failures().get();
  }

  @Override
  public T map(T value) {
    seen++;
    Plan plan = PLANS.get(name);
    if (plan != null
        && completed
        && ++sinceCheckpoint > 30
        && plan.failures().compareAndSet(0, 1)) {
      throw new AssertionError("planned");
    }
    return value;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    Plan plan = PLANS.get(name);
    if (seen > 0 && !completed && plan != null) {
      completed = true;
      plan.afterCheckpoint().run();
    }
  }
}
