package io.qilin.core.factor;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.util.Map;
import java.util.SplittableRandom;

/** The ways in which a plan is computed over a panel. */
enum GoldenDriver {
  /** The whole panel at once. */
  BATCH {
    @Override
    GoldenJudge.Values compute(FactorPlan plan, Panel panel) {
      FactorTable table = plan.compute(panel);
      return table::value;
    }
  },
  /** Blocks of seven days, so that the last one is not full. */
  BLOCKS {
    @Override
    GoldenJudge.Values compute(FactorPlan plan, Panel panel) {
      int instruments = panel.symbols().size();
      int factors = plan.names().size();
      long bytes = plan.stateBytes() * instruments + 8L * instruments * factors * 7;
      double[][][] values = new double[panel.days().size()][factors][instruments];
      plan.forEachBlock(panel, panel.days().get(0), panel.lastDay(), bytes, block -> {
        int first = panel.indexOf(block.days().get(0));
        for (int day = 0; day < block.days().size(); day++) {
          for (int factor = 0; factor < factors; factor++) {
            block.crossSection(factor, day, values[first + day][factor]);
          }
        }
      });
      return (column, instrument, day) -> values[day][column][instrument];
    }
  },
  /** One day after the other, instruments listed and delisted where their rows begin and end. */
  STREAM {
    @Override
    GoldenJudge.Values compute(FactorPlan plan, Panel panel) {
      double[][][] values = new double[panel.days().size()][plan.names().size()][];
      PanelReplay pushing = new PanelReplay(plan, panel);
      for (int day = 0; day < values.length; day++) {
        pushing.push(day);
        for (int factor = 0; factor < values[day].length; factor++) {
          values[day][factor] = pushing.values(factor);
        }
      }
      Map<Symbol, Integer> places = pushing.places();
      return (column, instrument, day) -> {
        int place = places.get(panel.symbols().get(instrument));
        double[] row = values[day][column];
        return place < row.length ? row[place] : Double.NaN;
      };
    }
  },
  /** Stage after stage on partitions. */
  STAGES {
    @Override
    GoldenJudge.Values compute(FactorPlan plan, Panel panel) {
      Map<String, Map<Symbol, double[]>> made =
          new StagedRun(panel, 3, new SplittableRandom(3)).factors(plan.stages(panel.fields()));
      return (column, instrument, day) -> made.get(plan.names().get(column))
          .get(panel.symbols().get(instrument))[day - panel.firstRow(instrument)];
    }
  };

  /** Computes all days. */
  abstract GoldenJudge.Values compute(FactorPlan plan, Panel panel);
}
