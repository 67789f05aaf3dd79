package io.qilin.data.failover;

import io.qilin.api.source.DataCapability;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Chains for tests. */
final class Chains {
  static final Set<DataCapability> ALL = Set.of(DataCapability.values());
  static final String NOW = "2025-01-02T16:00:00+08:00";

  private Chains() {}

  /** A chain on an executor with a clock and a ticker that stand still. */
  static SourceChainBuilder still(Executor executor) {
    return SourceChain.builder(executor, SettableClock.at(NOW), new AtomicLong()::get);
  }

  static VirtualTime time() {
    return new VirtualTime(SettableClock.at(NOW).instant());
  }

  /** A chain in virtual time. */
  static SourceChainBuilder virtual(VirtualTime time) {
    return SourceChain.builder(time, time.clock(), time).waiting(time);
  }

  /** Sources {@code s0}, {@code s1} and so on, whose slow calls take that long. */
  static List<FaultySource> sources(int count, Duration delay, FaultySource.Sleeper sleeper) {
    List<FaultySource> sources = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      sources.add(new FaultySource(PanelSource.of("s" + k), delay, sleeper));
    }
    return sources;
  }

  static SourceChainBuilder with(
      SourceChainBuilder builder, List<FaultySource> sources, MemberSettings settings) {
    for (int k = 0; k < sources.size(); k++) {
      builder.member("s" + k, sources.get(k), ALL, settings);
    }
    return builder;
  }
}
