package io.qilin.spring.ops;

import io.qilin.agents.llm.LlmRoute;
import io.qilin.ops.metrics.QilinMetrics;
import io.qilin.spring.agents.RouteListener;

/** Counts what comes of questions to language models. */
final class RouteMeters implements RouteListener {
  private final QilinMetrics metrics;

  RouteMeters(QilinMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void accept(LlmRoute route) {
    metrics.llm().routed(route.member(), route.outcome(), route.took());
  }
}
