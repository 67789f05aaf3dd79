package io.qilin.spring.ops;

import io.qilin.data.failover.Attempt;
import io.qilin.data.failover.ChainEvent;
import io.qilin.ops.metrics.QilinMetrics;
import io.qilin.spring.data.ChainListener;

/** Counts what happens in the chain of sources. */
final class SourceMeters implements ChainListener {
  private final QilinMetrics metrics;

  SourceMeters(QilinMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void accept(ChainEvent event) {
    if (event instanceof ChainEvent.Answered answered) {
      metrics
          .data()
          .answered(
              answered.kind(), answered.answer().member(), answered.answer().stale());
    } else if (event instanceof ChainEvent.PassedOver passed) {
      Attempt attempt = passed.attempt();
      metrics.data().passedOver(attempt.member(), attempt.outcome().name(), attempt.elapsed());
      attempt.code().ifPresent(code -> metrics.data().fetchFailed(attempt.member(), code));
    } else if (event instanceof ChainEvent.GuardChanged changed) {
      metrics.data().guardChanged(changed.member(), changed.after().name());
    }
  }
}
