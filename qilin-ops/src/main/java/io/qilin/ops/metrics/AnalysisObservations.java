package io.qilin.ops.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Objects;

/** Turns observations into analyses. The beginning is kept in the observation under the
 * name of this, as there may be several, so nothing is held here. Thread-safe. */
final class AnalysisObservations implements ObservationHandler<Observation.Context> {
  private final AgentMetrics agents;
  private final String observation;
  private final String agentKey;

  AnalysisObservations(AgentMetrics agents, String observation, String agentKey) {
    this.agents = agents;
    this.observation = Objects.requireNonNull(observation, "observation");
    this.agentKey = Objects.requireNonNull(agentKey, "agentKey");
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return true;
  }

  @Override
  public void onStart(Observation.Context context) {
    if (observation.equals(context.getName())) {
      context.put(this, agents.begin());
    }
  }

  @Override
  public void onStop(Observation.Context context) {
    Long began = context.get(this);
    if (began == null) {
      return;
    }
    // Whoever stops it again ends no second analysis.
    context.remove(this);
    KeyValue key = context.getLowCardinalityKeyValue(agentKey);
    String agent = key == null ? MeterTag.OTHER : key.getValue();
    Throwable failure = context.getError();
    if (failure != null) {
      agents.failed(agent, AgentMetrics.code(failure));
    }
    agents.end(agent, began);
  }
}
