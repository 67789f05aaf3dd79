package io.qilin.examples;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.LineageNode;
import io.qilin.data.lineage.LineageRecorder;
import io.qilin.data.store.FeatureStore;
import io.qilin.data.store.Materialised;
import io.qilin.data.table.TableFormats;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The example of docs/feature-store.md and docs/lineage.md: factors in files, a new day, and where they came from. */
public final class Materialise {
  private Materialise() {}

  /**
   * Prints what was computed and what was read.
   *
   * @param args none
   * @throws IOException if there is no folder for temporary files
   */
  public static void main(String[] args) throws IOException {
    run(System.out, Files.createTempDirectory("features"), Clock.systemUTC());
  }

  static void run(PrintStream out, Path folder, Clock clock) {
    DemoMarket market = DemoMarket.of(20, 1, 42);
    Panel today = market.bars().panel();
    Panel yesterday = today.until(today.days().get(today.days().size() - 2));
    FactorSet set = Alpha158.factors();
    FactorPlan plan = FactorEngine.DEFAULT.plan(set);

    FeatureStore store = FeatureStore.builder(
            folder, TableFormats.discover().of(Path.of("any.arrow")), clock)
        .build();
    say(out, "first time", store.getOrCompute(plan, yesterday));
    say(out, "once more", store.getOrCompute(plan, yesterday));
    Materialised added = store.getOrCompute(plan, today);
    say(out, "a new day", added);

    LineageRecorder lineage = LineageRecorder.of(clock, CodeVersion.of("0.1.0"));
    LineageNode bars = lineage.bars(List.of(), market.bars());
    LineageNode factors = lineage.factors(List.of(bars), plan, set, added.table());
    out.print(lineage.graph().explain(factors.hash()));
  }

  private static void say(PrintStream out, String when, Materialised result) {
    out.println(when + ": " + (result.hit() ? "hit" : "computed") + ", days read "
        + result.readDays() + ", computed " + result.computedDays() + ", files "
        + result.files().size());
  }
}
