package io.qilin.examples;

import io.qilin.api.market.Panel;
import io.qilin.core.backtest.Benchmark;
import io.qilin.core.backtest.TopkDropout;
import io.qilin.core.factor.Alpha158;
import io.qilin.data.demo.DemoMarket;
import io.qilin.mlops.dataset.DayRange;
import io.qilin.mlops.dataset.Segments;
import io.qilin.mlops.training.LightGbmTrainer;
import io.qilin.mlops.training.Trainers;
import io.qilin.mlops.training.TrainingContext;
import io.qilin.mlops.workflow.ModelWorkflow;
import io.qilin.mlops.workflow.WorkflowResult;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;

/** Trains boosted trees on the made-up market and judges them on days that they have not seen. */
public final class JudgeModel {
  private JudgeModel() {}

  /**
   * Runs.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  /** Does it, and prints the figures. */
  static void run(PrintStream out) {
    Panel bars = DemoMarket.of(60, 3, 42).bars().panel();
    List<LocalDate> days = bars.days();
    Segments segments = new Segments(
        new DayRange(days.get(60), days.get(399)),
        new DayRange(days.get(400), days.get(549)),
        new DayRange(days.get(550), days.get(699)));
    WorkflowResult result = ModelWorkflow.builder(
            Alpha158.factors(), segments, Trainers.standard().named("lightgbm"))
        .parameters(LightGbmTrainer.QLIB_ALPHA158)
        .trading(TopkDropout.builder(10, 2).build())
        .terms(terms -> terms.benchmark(Benchmark.equalWeight()))
        .build()
        .run(bars, TrainingContext.silent(42));
    out.println(result.summary());
  }
}
