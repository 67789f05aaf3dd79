package io.qilin.mlops.workflow;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.model.TrainingWindow;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.QlibRisk;
import io.qilin.core.backtest.QlibRiskTable;
import io.qilin.core.factor.FactorStudy;
import io.qilin.core.factor.MeanTest;
import io.qilin.core.report.JsonText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.mlops.bundle.Bundle;
import io.qilin.mlops.bundle.BundleDraft;
import io.qilin.mlops.bundle.GoldenRows;
import io.qilin.mlops.dataset.FittedChain;
import io.qilin.mlops.dataset.Segments;
import io.qilin.mlops.training.TrainedModel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a workflow made, and what became of it on days that the model had not seen.
 *
 * @param trainer the id of what trained
 * @param factors what the model sees
 * @param label what it foretells
 * @param segments the days as they were used, purged
 * @param window all that the model has seen, prices that labels read included
 * @param chain the fitted processors; a row goes through them before it goes to the model
 * @param model the model
 * @param trainRows how many rows it learnt from
 * @param validRows how many rows it was stopped early by
 * @param golden some rows of the test with their scores, to know the model again by
 * @param scores of the test days, column {@link ModelWorkflow#SCORE}
 * @param study the scores against the raw label on the test days
 * @param backtest what trading on the scores would have brought, if that was asked for
 */
public record WorkflowResult(
    String trainer,
    FactorSet factors,
    Label label,
    Segments segments,
    TrainingWindow window,
    FittedChain chain,
    TrainedModel model,
    int trainRows,
    int validRows,
    GoldenRows golden,
    FactorTable scores,
    FactorStudy study,
    Optional<BacktestReport> backtest) {
  private static final double CONFIDENCE = 0.95;

  /** Checks that every part is there. */
  public WorkflowResult {
    Objects.requireNonNull(trainer, "trainer");
    Objects.requireNonNull(factors, "factors");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(segments, "segments");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(golden, "golden");
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(study, "study");
    Objects.requireNonNull(backtest, "backtest");
  }

  /** The model with all that scoring needs: signature, processors, factors, golden rows. */
  public BundleDraft bundle() {
    return Bundle.draft(model.kind(), model.bytes(), model.signature(), golden)
        .processors(chain.toJson().getBytes(StandardCharsets.UTF_8))
        .attach("factors.json", factorsJson().getBytes(StandardCharsets.UTF_8));
  }

  /** The expressions by name, in the order of the set, as JSON. */
  String factorsJson() {
    JsonText json = new JsonText().object().name("set").value(factors.name());
    json.name("factors").object();
    for (Factor factor : factors.factors()) {
      json.name(factor.name()).value(factor.expression());
    }
    return json.end().end().toString();
  }

  /** The IC of the test days: Pearson's correlation of scores and labels, day by day. */
  public MeanTest ic() {
    return study.main().ic();
  }

  /** The same by ranks. */
  public MeanTest rankIc() {
    return study.main().rankIc();
  }

  /**
   * All figures by the names under which experiments keep them: {@code test.ic}, {@code test.icir}, {@code test.rank_ic}, {@code
   * test.rank_icir} with {@code .low} and {@code .high} where there is an interval of 95 %, and those of the backtest by Qlib's
   * names.
   */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures(figures, "test.ic", ic());
    figures.put("test.icir", ic().ratio());
    figures(figures, "test.rank_ic", rankIc());
    figures.put("test.rank_icir", rankIc().ratio());
    backtest
        .map(QlibRiskTable::of)
        .map(QlibRiskTable::rows)
        .ifPresent(rows -> rows.forEach((name, risk) -> {
          figures.put("backtest." + name + ".annualized_return", risk.annualizedReturn());
          figures.put("backtest." + name + ".information_ratio", risk.informationRatio());
          figures.put("backtest." + name + ".max_drawdown", risk.maxDrawdown());
        }));
    return Collections.unmodifiableMap(figures);
  }

  private static void figures(Map<String, Double> figures, String name, MeanTest test) {
    double half = test.halfWidth(CONFIDENCE);
    figures.put(name, test.mean());
    figures.put(name + ".low", test.mean() - half);
    figures.put(name + ".high", test.mean() + half);
  }

  /** A table for people. */
  public String summary() {
    TextTable.Builder table = TextTable.builder()
        .column("figure")
        .column("value", Align.RIGHT)
        .column("95 % interval", Align.RIGHT)
        .column("t", Align.RIGHT);
    row(table, "IC", ic());
    table.row("ICIR", number(ic().ratio()), "", "");
    row(table, "Rank IC", rankIc());
    table.row("Rank ICIR", number(rankIc().ratio()), "", "");
    backtest.map(QlibRiskTable::of).ifPresent(risk -> {
      row(table, "excess, without cost", risk.excessReturnWithoutCost());
      row(table, "excess, with cost", risk.excessReturnWithCost());
    });
    return trainer + " on " + factors.factors().size() + " factors: " + trainRows
        + " rows to learn from " + segments.train() + ", " + validRows + " to stop early by "
        + segments.valid() + ", judged on " + segments.test() + "\n" + table.build();
  }

  private static void row(TextTable.Builder table, String name, MeanTest test) {
    double half = test.halfWidth(CONFIDENCE);
    table.row(
        name,
        number(test.mean()),
        number(test.mean() - half) + " to " + number(test.mean() + half),
        String.format(Locale.ROOT, "%.2f", test.tStatistic()));
  }

  private static void row(TextTable.Builder table, String name, QlibRisk risk) {
    table.row(name + ", a year", number(risk.annualizedReturn()), "", "");
    table.row(name + ", information ratio", number(risk.informationRatio()), "", "");
    table.row(name + ", worst drawdown", number(risk.maxDrawdown()), "", "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
