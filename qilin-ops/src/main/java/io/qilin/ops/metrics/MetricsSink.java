package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * Where points go: a store of time series. Called by one thread at a time, that of a {@link MetricsBuffer}; may block for
 * seconds, and ends soon after an interrupt.
 */
@FunctionalInterface
public interface MetricsSink {
  /**
   * Writes a batch; when this returns, the store has it.
   *
   * @param batch in the order in which they came; not empty
   * @throws QilinException if it is not written: tried again if {@link io.qilin.api.error.ErrorCode#retryable}, else the
   *     batch is lost
   */
  void write(List<MeasuredPoint> batch) throws InterruptedException;
}
