package io.qilin.core.factor;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Computes stages as an engine with partitions would: instruments dealt out to partitions anew at each time-series stage, days
 * taken one by one at each cross-sectional one, columns kept in between.
 */
final class StagedRun {
  private final Panel panel;
  private final int partitions;
  private final SplittableRandom random;
  /** Columns by name: symbol and values of its own rows. */
  private final Map<String, Map<Symbol, double[]>> columns = new HashMap<>();

  /**
   * A run.
   *
   * @param partitions how many of instruments; some may be empty
   */
  StagedRun(Panel panel, int partitions, SplittableRandom random) {
    this.panel = panel;
    this.partitions = partitions;
    this.random = random;
  }

  /** Computes all stages; gives the factors by name, then by symbol, on the rows of each symbol. */
  Map<String, Map<Symbol, double[]>> factors(FactorStages stages) {
    Map<String, Map<Symbol, double[]>> made = Map.of();
    for (FactorStage stage : stages.stages()) {
      made = stage.fold(this::timeSeries, this::crossSectional);
      columns.putAll(made);
    }
    return made;
  }

  private Map<String, Map<Symbol, double[]>> timeSeries(FactorStage.TimeSeries stage) {
    FactorPlan plan = stage.plan();
    Map<String, Map<Symbol, double[]>> made = new LinkedHashMap<>();
    plan.names().forEach(name -> made.put(name, new TreeMap<>()));
    for (Set<Symbol> own : deal()) {
      if (!own.isEmpty()) {
        Panel part =
            part(plan, symbol -> own.contains(symbol) || plan.instruments().contains(symbol));
        FactorTable table = plan.compute(part);
        for (Symbol symbol : own) {
          int at = part.indexOf(symbol);
          for (int f = 0; f < plan.names().size(); f++) {
            double[] rows = new double[part.endRow(at) - part.firstRow(at)];
            for (int row = 0; row < rows.length; row++) {
              rows[row] = table.value(f, at, part.firstRow(at) + row);
            }
            made.get(plan.names().get(f)).put(symbol, rows);
          }
        }
      }
    }
    return made;
  }

  private List<Set<Symbol>> deal() {
    List<Set<Symbol>> parts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      parts.add(new TreeSet<>());
    }
    panel.symbols().forEach(symbol -> parts.get(random.nextInt(partitions)).add(symbol));
    return parts;
  }

  /** Some instruments, with all fields and the results so far. */
  private Panel part(FactorPlan plan, Predicate<Symbol> kept) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      Symbol symbol = panel.symbols().get(i);
      if (kept.test(symbol)) {
        for (Field field : panel.fields()) {
          builder.column(symbol, field, panel.firstRow(i), panel.values(field, i));
        }
        for (Field field : plan.fields()) {
          Map<Symbol, double[]> column = columns.get(field.name());
          if (column != null) {
            builder.column(symbol, field, panel.firstRow(i), column.get(symbol));
          }
        }
      }
    }
    return builder.build();
  }

  private Map<String, Map<Symbol, double[]>> crossSectional(FactorStage.CrossSectional stage) {
    Map<String, Map<Symbol, double[]>> made = new LinkedHashMap<>();
    for (CrossOperation operation : stage.operations()) {
      Map<Symbol, double[]> column = new TreeMap<>();
      for (int i = 0; i < panel.symbols().size(); i++) {
        column.put(panel.symbols().get(i), new double[panel.endRow(i) - panel.firstRow(i)]);
      }
      for (LocalDate day : panel.days()) {
        day(operation, panel.indexOf(day), column);
      }
      made.put(operation.result().name(), column);
    }
    return made;
  }

  private void day(CrossOperation operation, int day, Map<Symbol, double[]> column) {
    int[] present = IntStream.range(0, panel.symbols().size())
        .filter(i -> day >= panel.firstRow(i) && day < panel.endRow(i))
        .toArray();
    double[][] rows = operation.operands().stream()
        .map(columns::get)
        .map(values -> Arrays.stream(present)
            .mapToDouble(i -> values.get(panel.symbols().get(i))[day - panel.firstRow(i)])
            .toArray())
        .toArray(double[][]::new);
    double[] result = operation.compute(rows);
    for (int k = 0; k < present.length; k++) {
      column.get(panel.symbols().get(present[k]))[day - panel.firstRow(present[k])] = result[k];
    }
  }
}
