package io.qilin.ops.worker;

import java.time.Duration;

/** One piece of a worker's work. */
@FunctionalInterface
public interface WorkerStep {
  /**
   * Does it. May take its time, and ends soon after an interrupt. Must not wait for input: where there is nothing to do it returns a
   * long pause, and whoever brings something calls {@link Worker#wake}; a step that waits looks like a stuck one.
   *
   * @return how long to wait before the next, at least zero; what is longer than 292 years never ends by itself
   */
  Duration run() throws InterruptedException;
}
