package io.qilin.spring.data;

import io.qilin.api.factor.FactorSet;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows the factor sets and the operators of the application. */
final class FactorPart implements QilinPart {
  private final Map<String, Object> sets = new TreeMap<>();
  private final List<String> operators;

  FactorPart(List<FactorSet> sets, List<String> operators) {
    sets.forEach(set -> this.sets.put(set.name(), set.factors().size()));
    this.operators = List.copyOf(operators);
  }

  @Override
  public String name() {
    return "factors";
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public PartState state() {
    return PartState.up();
  }

  @Override
  public Map<String, Object> description() {
    return Map.of("sets", sets, "operators", operators);
  }
}
