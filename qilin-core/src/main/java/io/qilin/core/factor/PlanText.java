package io.qilin.core.factor;

import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.Term;
import io.qilin.core.internal.row.RowProgram;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A plan as text. */
record PlanText(Graph graph, RowProgram program, FactorPlan plan) {
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append(String.format(
        Locale.ROOT,
        "%d expressions, %d parts as written, %d terms%n",
        plan.names().size(),
        graph.written(),
        graph.terms().size()));
    return out.toString();
  }

  Map<String, Integer> kinds() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (Term term : graph.terms()) {
      kinds.merge(term.getClass().getSimpleName(), 1, Integer::sum);
    }
    return kinds;
  }
}
