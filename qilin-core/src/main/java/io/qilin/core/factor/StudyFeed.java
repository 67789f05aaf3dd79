package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Hands the days of tables to a {@link StudyCollector}, matching instruments and days by name. */
final class StudyFeed {
  private StudyFeed() {}

  /** The days that both tables hold. */
  static StudyResult run(
      FactorTable factors, List<Integer> columns, LabelTable labels, StudySettings settings) {
    List<String> names = columns.stream().map(factors.names()::get).toList();
    StudyCollector collector = StudyCollector.of(names, factors.symbols(), settings);
    if (feed(collector, factors, columns, labels, settings) == 0) {
      throw QilinException.invalid("the factor table and the label table have no day in common");
    }
    return collector.finish();
  }

  /** All days of a panel, a block of them at a time. */
  static StudyResult run(FactorEngine engine, Panel panel, FactorSet set, StudySettings settings) {
    List<Label> labels = settings.horizons().stream().map(Horizon::label).toList();
    StudyCollector collector = StudyCollector.of(set.names(), panel.symbols(), settings);
    FactorPlan plan = engine.plan(set);
    plan.forEachBlock(
        panel, panel.days().get(0), panel.lastDay(), bytes(plan, panel, settings), block -> {
          LabelTable outcomes = engine.labels(
              panel, labels, block.days().get(0), block.days().get(block.days().size() - 1));
          feed(collector, block, outcomes, settings, panel);
        });
    return collector.finish();
  }

  /** What the factors may take: their share of the memory for values, and the working memory beside it. */
  private static long bytes(FactorPlan plan, Panel panel, StudySettings settings) {
    long instruments = panel.symbols().size();
    int factors = plan.names().size();
    long bytesADay = 8L * instruments * (factors + settings.horizons().size());
    long block = Math.max(1, settings.memory() / bytesADay);
    long most = Math.min(block, panel.days().size());
    return plan.stateBytes() * instruments + 8L * instruments * factors * most;
  }

  private static void feed(
      StudyCollector collector,
      FactorBlock factors,
      LabelTable labels,
      StudySettings settings,
      Panel panel) {
    int done = panel.indexOf(factors.days().get(0));
    int instruments = factors.symbols().size();
    int horizons = settings.horizons().size();
    for (int at = 0; at < factors.days().size(); at++) {
      int day = at;
      double[][] outcomes = new double[horizons][];
      for (int h = 0; h < horizons; h++) {
        outcomes[h] = labels.crossSection(h, day);
      }
      collector.accept(
          factors.days().get(day),
          factor -> {
            double[] row = new double[instruments];
            factors.crossSection(factor, day, row);
            return row;
          },
          outcomes);
      settings.progress().progress(done + at + 1, panel.days().size());
    }
  }

  private static int feed(
      StudyCollector collector,
      FactorTable factors,
      List<Integer> columns,
      LabelTable labels,
      StudySettings settings) {
    int total = factors.days().size();
    int[] horizons = settings.horizons().stream()
        .mapToInt(horizon -> labels.indexOf(horizon.label().name()))
        .toArray();
    Map<Object, Integer> labelDays = places(labels.days());
    boolean same = factors.symbols().equals(labels.symbols());
    Map<Object, Integer> labelSymbols = places(labels.symbols());
    int[] places = factors.symbols().stream()
        .mapToInt(symbol -> labelSymbols.getOrDefault(symbol, -1))
        .toArray();
    int common = 0;
    for (int at = 0; at < factors.days().size(); at++) {
      int day = at;
      Integer labelDay = labelDays.get(factors.days().get(day));
      if (labelDay != null) {
        double[][] outcomes = new double[horizons.length][];
        for (int h = 0; h < horizons.length; h++) {
          double[] row = labels.crossSection(horizons[h], labelDay);
          outcomes[h] = same ? row : arrange(row, places);
        }
        collector.accept(
            factors.days().get(day),
            factor -> factors.crossSection(columns.get(factor), day),
            outcomes);
        common++;
      }
      settings.progress().progress(at + 1, total);
    }
    return common;
  }

  private static Map<Object, Integer> places(List<?> keys) {
    Map<Object, Integer> places = new HashMap<>();
    IntStream.range(0, keys.size()).forEach(i -> places.put(keys.get(i), i));
    return places;
  }

  private static double[] arrange(double[] labels, int[] places) {
    return Arrays.stream(places)
        .mapToDouble(place -> place < 0 ? Double.NaN : labels[place])
        .toArray();
  }
}
