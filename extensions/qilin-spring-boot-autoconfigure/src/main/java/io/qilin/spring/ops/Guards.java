package io.qilin.spring.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.qilin.api.error.QilinException;
import io.qilin.ops.resilience.Dependencies;
import io.qilin.ops.resilience.ResiliencePolicy;
import io.qilin.ops.resilience.ResilienceState;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the guards of the properties, and shows them. */
final class Guards {
  private Guards() {}

  /**
   * Makes them.
   *
   * @throws PropertyRefused if a policy is out of range
   */
  static Dependencies of(
      Map<String, OpsProperties.Policy> policies, QilinHost host, Optional<MeterRegistry> meters) {
    Map<String, ResiliencePolicy> made = new TreeMap<>();
    policies.forEach((name, policy) -> {
      try {
        made.put(name, policy(policy));
      } catch (QilinException e) {
        throw PropertyRefused.of("qilin.ops.resilience." + name, policy, e);
      }
    });
    Dependencies.Builder guards = Dependencies.builder(
            host.executor(), host.ticker(), host.clock(), host.seed())
        .policies(made);
    meters.ifPresent(guards::meters);
    return guards.build();
  }

  private static ResiliencePolicy policy(OpsProperties.Policy from) {
    ResiliencePolicy usual = ResiliencePolicy.DEFAULT;
    ResiliencePolicy.Builder policy = ResiliencePolicy.builder();
    if (from.attempts() != null) {
      policy.attempts(from.attempts());
    }
    if (from.attemptTimeout() != null) {
      policy.attemptTimeout(from.attemptTimeout());
    }
    if (from.deadline() != null) {
      policy.deadline(from.deadline());
    }
    if (from.concurrent() != null) {
      policy.concurrent(from.concurrent(), usual.concurrentWait());
    }
    if (from.failureShare() != null) {
      policy.breakerFailureShare(from.failureShare());
    }
    if (from.openTime() != null) {
      policy.breakerOpen(from.openTime(), usual.breakerOpenJitter());
    }
    return policy.build();
  }

  static CheckedPart part(Dependencies guards) {
    return new CheckedPart("dependencies", false, guards::health, () -> describe(guards));
  }

  private static Map<String, Object> describe(Dependencies guards) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ResilienceState state : guards.states()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", state.name());
      one.put("breaker", state.breaker().name());
      one.put("attempts", state.attempts());
      one.put("failures", state.failures());
      one.put("refusals", state.refusals());
      one.put("fallbacks", state.fallbacks());
      all.add(one);
    }
    return Map.of("guards", all);
  }
}
