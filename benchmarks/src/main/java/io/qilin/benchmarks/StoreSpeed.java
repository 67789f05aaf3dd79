package io.qilin.benchmarks;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.report.NumberText;
import io.qilin.data.demo.SplitMixPanel;
import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.store.DayChain;
import io.qilin.data.store.FeatureStore;
import io.qilin.data.store.Materialised;
import io.qilin.data.table.TableFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Alpha158 from the feature store beside computing it, a new day added, and how fast values and files are hashed; medians.
 *
 * <pre>
 * java -Xmx6g -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.StoreSpeed --size 500x1000 --rounds 3
 * </pre>
 *
 * <p>The last figures, with the machine, are in {@code docs/benchmarks.md}.
 */
public final class StoreSpeed {
  private static final double MIB = 1 << 20;

  private StoreSpeed() {}

  /**
   * Prints the times.
   *
   * @param args {@code --size} of the panel, {@code --rounds}
   * @throws IOException if files cannot be written to the folder for temporary files
   */
  public static void main(String[] args) throws IOException {
    Arguments arguments = Arguments.parse(List.of(args), Map.of("size", "500x1000", "rounds", "3"));
    Size size = Size.parse(arguments.text("size"));
    int rounds = arguments.count("rounds", 1);
    Panel panel = SplitMixPanel.of(size.instruments(), size.days(), 0);
    FactorPlan plan = FactorEngine.DEFAULT.plan(Alpha158.factors());
    Path folder = Files.createTempDirectory("store");
    FeatureStore store = store(folder);
    double cells = 8.0 * plan.names().size() * size.instruments() * size.days() / MIB;
    double input = 8.0 * plan.fields().size() * size.instruments() * size.days() / MIB;

    FactorTable[] table = new FactorTable[1];
    say("compute", median(rounds, () -> table[0] = plan.compute(panel)), cells);
    say("hash the factors", median(1, () -> ContentHash.of(table[0])), cells);
    table[0] = null;
    say("hash the panel", median(rounds, () -> ContentHash.of(panel)), input);
    say("chain of the panel", median(rounds, () -> FeatureStore.chain(plan, panel)), input);

    Panel before = panel.until(panel.days().get(size.days() - 2));
    say("miss: compute and write", median(1, () -> store.getOrCompute(plan, before)), cells);
    Materialised[] added = new Materialised[1];
    say(
        "a new day, the rest read",
        median(1, () -> added[0] = store.getOrCompute(plan, panel)),
        cells);
    Path file = added[0].files().get(0);
    added[0] = null;
    say("hash a file", median(rounds, () -> ContentHash.ofFile(file)), Files.size(file) / MIB);
    say(
        "hit, file verified first",
        median(1, () -> store(folder).getOrCompute(plan, panel)),
        cells);
    say("hit", median(rounds, () -> store.getOrCompute(plan, panel)), cells);
    DayChain chain = FeatureStore.chain(plan, panel);
    say(
        "hit of the last day, chain kept",
        median(
            rounds, () -> store.getOrCompute(plan, panel, chain, panel.lastDay(), panel.lastDay())),
        cells / size.days());
    say(
        "compute of the last day",
        median(rounds, () -> plan.compute(panel, panel.lastDay(), panel.lastDay())),
        cells / size.days());
    store.retain(0);
  }

  private static FeatureStore store(Path folder) {
    return FeatureStore.builder(
            folder, TableFormats.discover().of(Path.of("any.arrow")), Clock.systemUTC())
        .code(CodeVersion.of("benchmark"))
        .build();
  }

  private static double median(int rounds, Supplier<?> work) {
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      Object result = work.get();
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (result == null) {
        throw new AssertionError("no result");
      }
    }
    Arrays.sort(millis);
    return millis[rounds / 2];
  }

  private static void say(String what, double millis, double mebibytes) {
    System.out.println(what + ": " + NumberText.fixed(millis, 1) + " ms, "
        + NumberText.fixed(mebibytes, 0) + " MiB, "
        + NumberText.fixed(mebibytes / millis * 1000 / 1024, 2) + " GiB/s");
  }
}
