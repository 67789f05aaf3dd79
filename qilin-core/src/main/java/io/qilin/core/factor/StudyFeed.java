package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import java.time.LocalDate;
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
    if (feed(collector, factors, columns, labels, settings, 0, factors.days().size()) == 0) {
      throw QilinException.invalid("the factor table and the label table have no day in common");
    }
    return collector.finish();
  }

  /** All days of a panel, a block of them at a time. */
  static StudyResult run(FactorEngine engine, Panel panel, FactorSet set, StudySettings settings) {
    List<Integer> columns = IntStream.range(0, set.factors().size()).boxed().toList();
    List<Label> labels = settings.horizons().stream().map(Horizon::label).toList();
    StudyCollector collector = StudyCollector.of(set.names(), panel.symbols(), settings);
    int days = panel.days().size();
    long bytesADay = 8L * panel.symbols().size() * (columns.size() + labels.size());
    int block = (int) Math.max(1, Math.min(days, settings.memory() / bytesADay));
    for (int from = 0; from < days; from += block) {
      LocalDate first = panel.days().get(from);
      LocalDate last = panel.days().get(Math.min(from + block, days) - 1);
      FactorTable factorTable = engine.compute(panel, set, first, last);
      LabelTable labelTable = engine.labels(panel, labels, first, last);
      feed(collector, factorTable, columns, labelTable, settings, from, days);
    }
    return collector.finish();
  }

  private static int feed(
      StudyCollector collector,
      FactorTable factors,
      List<Integer> columns,
      LabelTable labels,
      StudySettings settings,
      int done,
      int total) {
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
      settings.progress().progress(done + at + 1, total);
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
