package io.qilin.spring.ops;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.QilinException;
import io.qilin.ops.quota.Quota;
import io.qilin.ops.quota.QuotaUsage;
import io.qilin.ops.quota.StrategyQuotas;
import io.qilin.ops.quota.StrategyQuotasBuilder;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the quotas of the properties, and shows them. */
final class Shares {
  private Shares() {}

  /**
   * Makes them.
   *
   * @throws PropertyRefused if a quota is out of range
   */
  static StrategyQuotas of(
      OpsProperties.Quotas properties, int workers, QilinHost host, Optional<AlertSink> alerts) {
    StrategyQuotasBuilder builder = StrategyQuotas.builder(workers, host.ticker());
    alerts.ifPresent(sink -> builder.alerts(sink, host.clock()));
    StrategyQuotas quotas = builder.build();
    properties.strategies().forEach((name, strategy) -> {
      try {
        quotas.register(name, quota(strategy));
      } catch (QilinException e) {
        quotas.close();
        throw PropertyRefused.of("qilin.ops.quotas.strategies." + name, strategy, e);
      }
    });
    return quotas;
  }

  private static Quota quota(OpsProperties.Strategy strategy) {
    Quota.Builder quota = Quota.builder().weight(strategy.weight());
    if (strategy.maxWorkers() != null) {
      quota.maxWorkers(strategy.maxWorkers());
    }
    if (strategy.cpuShare() != null) {
      quota.cpuShare(strategy.cpuShare());
    }
    return quota.build();
  }

  static CheckedPart part(StrategyQuotas quotas) {
    return new CheckedPart("quotas", false, quotas::health, () -> describe(quotas));
  }

  private static Map<String, Object> describe(StrategyQuotas quotas) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (QuotaUsage usage : quotas.usage()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("strategy", usage.strategy());
      one.put("workers", usage.workers());
      one.put("waiting", usage.waiting());
      one.put("granted", usage.granted());
      one.put("refusals", usage.refusals());
      all.add(one);
    }
    return Map.of("strategies", all);
  }
}
