package io.qilin.spring.ops;

import io.qilin.api.error.ErrorCode;
import io.qilin.ops.metrics.QilinMetrics;
import io.qilin.security.pipeline.PipelineObserver;
import io.qilin.security.pipeline.SecurityStep;
import java.util.Optional;

/** Measures calls through the security pipeline. */
final class CallMeters implements PipelineObserver {
  private final QilinMetrics metrics;

  CallMeters(QilinMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void finished(SecurityStep last, Optional<ErrorCode> refusal, long nanos) {
    metrics.security().finished(last.name(), refusal, nanos);
  }
}
