package io.qilin.examples;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.CrossSection;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStream;
import io.qilin.core.report.NumberText;
import java.io.PrintStream;
import java.util.List;

/** The streaming example of the README: one new day after the other, a ranking over the shares, and a restart in between. */
public final class StreamFactors {
  private StreamFactors() {}

  /**
   * Prints the values.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    FactorSet set = FactorSet.of(
        "mine",
        new Factor("change", "$close/Ref($close,1)-1"),
        new Factor("rank", "CSRank(Mean($close,3)/$close)"));
    FactorPlan plan = FactorEngine.DEFAULT.plan(set);
    FactorStream stream =
        plan.stream(List.of(Symbol.parse("600519.SH"), Symbol.parse("000858.SZ")));

    CrossSection day = stream.newRow();
    stream.push(day.set(Field.CLOSE, 0, 1500.0).set(Field.CLOSE, 1, 128.0));
    stream.push(day.set(Field.CLOSE, 0, 1530.0).set(Field.CLOSE, 1, 127.0));

    byte[] state = stream.snapshot(); // in the evening
    stream = plan.restore(state); // the next morning
    stream.push(day.set(Field.CLOSE, 0, 1545.3).set(Field.CLOSE, 1, 129.54));
    for (int i = 0; i < stream.symbols().size(); i++) {
      out.println(stream.symbols().get(i) + " " + NumberText.signedPercent(stream.value(0, i), 2)
          + ", rank " + stream.value(1, i));
    }
  }
}
