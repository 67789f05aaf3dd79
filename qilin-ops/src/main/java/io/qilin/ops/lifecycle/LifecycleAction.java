package io.qilin.ops.lifecycle;

/** Starts or stops a part. Ends soon after an interrupt. */
@FunctionalInterface
public interface LifecycleAction {
  /** Does it. */
  void run() throws Exception;
}
