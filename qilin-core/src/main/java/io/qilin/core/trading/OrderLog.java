package io.qilin.core.trading;

/**
 * Where every attempt is recorded; {@link io.qilin.core.monitor.BoundedLog} keeps the last ones in
 * memory, a host that must keep all writes them to a file. Called on the thread that sends.
 */
@FunctionalInterface
public interface OrderLog {
  /**
   * Takes one attempt. What is thrown here goes through to the caller of {@link OrderDesk#send}; the
   * order may then be at the broker or not, as after a crash.
   */
  void record(OrderAttempt attempt);
}
