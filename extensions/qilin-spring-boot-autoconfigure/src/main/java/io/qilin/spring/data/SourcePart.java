package io.qilin.spring.data;

import io.qilin.data.failover.CallGuard;
import io.qilin.data.failover.ChainHealth;
import io.qilin.data.failover.MemberHealth;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shows the chain of sources. */
final class SourcePart implements QilinPart {
  private final SourceChain chain;
  private final OpenedSources sources;
  private final SourceStates states;
  private final MarketDataProviders providers;

  SourcePart(
      SourceChain chain,
      OpenedSources sources,
      SourceStates states,
      MarketDataProviders providers) {
    this.chain = chain;
    this.sources = sources;
    this.states = states;
    this.providers = providers;
  }

  @Override
  public String name() {
    return "sources";
  }

  @Override
  public boolean required() {
    return false;
  }

  /** Degraded if a source is away or failed last, or the last answer was a copy; down if that holds for all sources. */
  @Override
  public PartState state() {
    Map<String, String> wrong = wrong();
    List<String> reasons = new ArrayList<>();
    wrong.forEach((member, why) -> reasons.add(member + ": " + why));
    states.stale().ifPresent(reasons::add);
    if (reasons.isEmpty()) {
      return PartState.up().with(Map.of("sources", sources.all().size()));
    }
    String reason = String.join("; ", reasons);
    return (wrong.size() == sources.all().size()
            ? PartState.down("no source works: " + reason)
            : PartState.degraded(reason))
        .with(Map.of("sources", sources.all().size()));
  }

  private Map<String, String> wrong() {
    Map<String, String> wrong = new TreeMap<>(states.failing());
    for (OpenedSources.Opened one : sources.all()) {
      one.source().failure().ifPresent(why -> wrong.put(one.name(), "not open: " + why));
    }
    for (MemberHealth member : chain.health().members()) {
      if (member.state() == CallGuard.State.OPEN) {
        wrong.putIfAbsent(member.member(), "left alone after failures");
      }
    }
    return wrong;
  }

  @Override
  public Map<String, Object> description() {
    ChainHealth health = chain.health();
    Map<String, Object> out = new LinkedHashMap<>();
    List<Map<String, Object>> members = new ArrayList<>();
    for (int i = 0; i < sources.all().size(); i++) {
      members.add(member(sources.all().get(i), health.members().get(i)));
    }
    out.put("members", members);
    Map<String, Object> answers = new LinkedHashMap<>();
    answers.put("served", health.served());
    answers.put("fresh", health.fresh());
    answers.put("stale", health.stale());
    answers.put("lost", health.lost());
    out.put("answers", answers);
    out.put("providers", providers.ids());
    out.put("brokenProviders", providers.broken());
    return out;
  }

  private static Map<String, Object> member(OpenedSources.Opened source, MemberHealth health) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", source.name());
    out.put("provider", source.provider());
    out.put(
        "capabilities",
        new TreeSet<>(source.capabilities()).stream().map(Enum::name).toList());
    out.put("open", source.source().failure().isEmpty());
    out.put("guard", health.state().name());
    out.put("calls", health.calls());
    out.put("retries", health.retries());
    out.put("failures", health.failures());
    health.lastFailure().ifPresent(reason -> out.put("lastFailure", reason));
    return out;
  }
}
