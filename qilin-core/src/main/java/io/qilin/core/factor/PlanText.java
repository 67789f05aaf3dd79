package io.qilin.core.factor;

import io.qilin.core.expression.Operator;
import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.Term;
import io.qilin.core.internal.row.RowProgram;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a plan calculates and how, as text of some lines. */
record PlanText(Graph graph, RowProgram program, FactorPlan plan) {
  private static final double KIB = 1024;

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%d expressions with %d fields and operators as written; %d distinct calculations",
        plan.names().size(),
        graph.written(),
        graph.terms().size());
    line(out, "reads %s%s", plan.fields(), named());
    line(out, "calculations: %s", calculations());
    line(out, "kernels a day: %d in %d stages", program.kernelCount(), program.stageCount());
    if (plan.parts().size() > 1) {
      line(
          out,
          "a table is computed in %d parts of the expressions, blocks and a stream in one",
          plan.parts().size());
    }
    line(out, "shared over windows and expressions: %s", program.shared());
    line(
        out,
        "state: %.1f KiB an instrument; warm-up: %s",
        program.bytesPerLane(1) / KIB,
        plan.warmUpRows().isPresent()
            ? plan.warmUpRows().getAsInt() + " rows"
            : "all rows before, as some values depend on all of them");
    line(out, "estimated cost: %.0f ns an instrument and day on one thread", plan.estimatedNanos());
    return out.toString();
  }

  private static void line(StringBuilder out, String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private String named() {
    return plan.instruments().isEmpty() ? "" : " of each, and of " + plan.instruments();
  }

  private Map<String, Integer> calculations() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (Term term : graph.terms()) {
      kinds.merge(kind(term), 1, Integer::sum);
    }
    return kinds;
  }

  private static String kind(Term term) {
    if (term instanceof Term.Apply apply) {
      Operator operator = apply.operator();
      return operator.infix().orElse(operator.functionName());
    }
    return term instanceof Term.Custom custom
        ? custom.operator().name()
        : term instanceof Term.Read ? "field" : "constant";
  }
}
