package io.qilin.spring.agents;

import io.qilin.agents.desk.ResearchDesk;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows who sits at the desk. */
final class DeskPart implements QilinPart {
  private final ResearchDesk desk;
  private final Voters voters;

  DeskPart(ResearchDesk desk, Voters voters) {
    this.desk = desk;
    this.voters = voters;
  }

  @Override
  public String name() {
    return "desk";
  }

  @Override
  public boolean required() {
    return false;
  }

  /** Degraded if a plug-in's analyst could not be loaded. */
  @Override
  public PartState state() {
    return voters.broken().isEmpty()
        ? PartState.up()
        : PartState.degraded(
            "analysts that cannot be loaded: " + String.join("; ", voters.broken()));
  }

  @Override
  public Map<String, Object> description() {
    List<Map<String, Object>> analysts = new ArrayList<>();
    voters.analysts().forEach((id, analyst) -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", id);
      one.put("title", analyst.title());
      one.put("weight", voters.weights().getOrDefault(id, 0.0));
      analysts.add(one);
    });
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("top", desk.top());
    out.put("analysts", analysts);
    out.put("riskManager", voters.riskManager().id());
    out.put("brokenAnalysts", voters.broken());
    return out;
  }
}
