package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.mlops.dataset.TrainingData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosting by LightGBM 4.3 (Ke et al. 2017), with its parameters and their names. The library is native code, an
 * optional dependency: {@code io.github.metarank:lightgbm4j}. Missing features are accepted. With validation rows it stops when
 * they have not got better for so many rounds, and keeps the best round.
 *
 * <p>Repeatable: {@code deterministic}, one way of building histograms, and all seeds from the context's. Memory beside the rows:
 * 8 bytes a value while the library bins them, then about 1 to 2. Cancellation is asked between rounds; the binning, about a
 * second for 200,000 × 158, cannot be stopped. {@code num_threads} are threads of the library's own, which it keeps; the number is
 * the library's, not the training's: trainings side by side share it.
 */
public final class LightGbmTrainer implements Trainer {
  /**
   * The parameters of Qlib's benchmark of LightGBM on Alpha158, {@code
   * examples/benchmarks/LightGBM/workflow_config_lightgbm_Alpha158.yaml}. There 20 threads; its {@code subsample} has no effect, as
   * LightGBM bags only where {@code bagging_freq} is set, which it is not.
   */
  public static final Map<String, String> QLIB_ALPHA158 = Map.of(
      "objective", "regression",
      "learning_rate", "0.2",
      "max_depth", "8",
      "num_leaves", "210",
      "feature_fraction", "0.8879",
      "bagging_fraction", "0.8789",
      "lambda_l1", "205.6999",
      "lambda_l2", "580.9768",
      "num_iterations", "1000",
      "early_stopping_rounds", "50");

  private static final List<TrainerParameter> PARAMETERS = List.of(
      TrainerParameter.choice(
          "objective",
          List.of("regression", "regression_l1", "huber", "quantile", "binary"),
          "what an error costs; binary is for labels 0 and 1"),
      TrainerParameter.whole("num_iterations", 100, 1, 100_000, "the most trees"),
      TrainerParameter.whole(
          "early_stopping_rounds",
          50,
          0,
          100_000,
          "rounds without a better one until it ends; 0: never"),
      TrainerParameter.number(
          "learning_rate", 0.1, 1e-6, 10, "what a tree's leaves are multiplied by"),
      TrainerParameter.whole("num_leaves", 31, 2, 131_072, "the most leaves of a tree"),
      TrainerParameter.whole("max_depth", -1, -1, 1000, "the most decisions down a tree; -1: any"),
      TrainerParameter.whole(
          "min_data_in_leaf", 20, 0, Integer.MAX_VALUE, "the fewest rows of a leaf"),
      TrainerParameter.number(
          "min_sum_hessian_in_leaf", 1e-3, 0, 1e18, "the least curvature of a leaf"),
      TrainerParameter.number("min_gain_to_split", 0, 0, 1e18, "what a decision must gain"),
      TrainerParameter.number("lambda_l1", 0, 0, 1e18, "l1 penalty of leaves"),
      TrainerParameter.number("lambda_l2", 0, 0, 1e18, "l2 penalty of leaves"),
      TrainerParameter.number(
          "feature_fraction", 1, 1e-6, 1, "the share of features that a tree may use"),
      TrainerParameter.number("bagging_fraction", 1, 1e-6, 1, "the share of rows that a bag has"),
      TrainerParameter.whole(
          "bagging_freq", 0, 0, 100_000, "rounds until there is another bag; 0: none"),
      TrainerParameter.whole("max_bin", 255, 2, 65_535, "bins of a feature"),
      TrainerParameter.number("alpha", 0.9, 1e-9, 1e9, "the width of huber, or the quantile"),
      TrainerParameter.whole("num_threads", 1, 1, 1024, "threads of the library's own"));

  /** For {@link java.util.ServiceLoader}. */
  public LightGbmTrainer() {}

  @Override
  public String id() {
    return "lightgbm";
  }

  @Override
  public List<TrainerParameter> parameters() {
    return PARAMETERS;
  }

  @Override
  public TrainedModel train(
      TrainingData train,
      @Nullable TrainingData valid,
      Map<String, String> parameters,
      TrainingContext context) {
    ParameterValues values = ParameterValues.read(PARAMETERS, parameters);
    if (values.text("objective").equals("quantile") && values.number("alpha") >= 1) {
      throw QilinException.invalid(
          "with the objective quantile, alpha is the quantile: above 0 and below 1");
    }
    TrainingRows.requireSame(train, valid);
    if (values.text("objective").equals("binary")) {
      TrainingRows.requireClasses(train);
      if (valid != null) {
        TrainingRows.requireLabels(valid);
      }
    }
    context.cancellation().check();
    Boosting.Outcome outcome = boosted(train, valid, values, context);
    context.progress(1);
    return TrainedModel.builder(
            ModelFormats.LIGHTGBM, train.signature(ModelSignature.Missing.ACCEPTED), outcome.text())
        .parameters(values.all())
        .metrics(outcome.metrics())
        .dataHash(train.dataHash())
        .build();
  }

  private static Boosting.Outcome boosted(
      TrainingData train,
      @Nullable TrainingData valid,
      ParameterValues values,
      TrainingContext context) {
    try {
      NativeLibrary.load();
      return new Boosting(train, valid, values, context).run();
    } catch (LinkageError e) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "LightGBM is not there; add the artifact io.github.metarank:lightgbm4j, which has native"
              + " code for Linux and macOS on x86-64 and arm64 and for Windows on x86-64 (on Linux"
              + " it needs libgomp)",
          e);
    }
  }
}
