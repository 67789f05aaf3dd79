package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One run of LightGBM. Everything native is given back before it ends, however it ends. Confined to one thread. */
final class Boosting {
  /** Names that the text model holds without harm; LightGBM refuses some others. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.]{1,128}");
  /** Parameters that are not LightGBM's own, or that it must not act on itself. */
  private static final Set<String> OWN = Set.of("early_stopping_rounds", "alpha");

  private static final double NEAR = 1e-12;

  private final TrainingData train;
  private final @Nullable TrainingData valid;
  private final ParameterValues values;
  private final TrainingContext context;
  private final String metric;

  Boosting(
      TrainingData train,
      @Nullable TrainingData valid,
      ParameterValues values,
      TrainingContext context) {
    this.train = train;
    this.valid = valid;
    this.values = values;
    this.context = context;
    this.metric = switch (values.text("objective")) {
      case "regression" -> "l2";
      case "regression_l1" -> "l1";
      case "binary" -> "binary_logloss";
      default -> values.text("objective");
    };
  }

  /**
   * How a run ended.
   *
   * @param model the text of the best round
   * @param metrics figures of that round
   */
  record Outcome(String model, Map<String, Double> metrics) {
    byte[] text() {
      return model.getBytes(StandardCharsets.UTF_8);
    }
  }

  Outcome run() {
    String parameters = parameters();
    try (NativeDataset rows = NativeDataset.of(train, parameters, null, context);
        NativeDataset judged =
            valid == null ? null : NativeDataset.of(valid, parameters, rows, context)) {
      if (train.features().stream().allMatch(name -> PLAIN.matcher(name).matches())) {
        rows.names(train.features().toArray(new String[0]));
      }
      try (NativeBooster booster = NativeBooster.of(rows, parameters)) {
        if (judged != null) {
          booster.validate(judged);
        }
        return rounds(booster);
      }
    }
  }

  private Outcome rounds(NativeBooster booster) {
    int most = values.small("num_iterations");
    int patience = valid == null ? 0 : values.small("early_stopping_rounds");
    Map<String, Double> best = new LinkedHashMap<>();
    double least = Double.MAX_VALUE;
    int bestRound = 0;
    int round = 0;
    boolean finished = false;
    while (round < most && !finished && (patience == 0 || round - bestRound < patience)) {
      context.cancellation().check();
      finished = booster.update();
      if (finished && round > 0) {
        break; // LightGBM took the tree that decides nothing away again
      }
      round++;
      Map<String, Double> figures = figures(booster, round);
      double judged = figures.getOrDefault("valid." + metric, -round * 1.0);
      // The library's sums differ in the last digit by the number of threads; what is kept must
      // not.
      if (patience == 0 || judged < least - NEAR * Math.abs(least)) {
        least = judged;
        best = figures;
        bestRound = round;
      }
      context.progress((double) round / most);
    }
    if (bestRound == 0) {
      throw new QilinException(
          ErrorCode.TRAINING_FAILED,
          "no round has a figure that is a number; look at the labels and features for very large"
              + " values");
    }
    context.log("kept round " + bestRound + " of " + round + ": " + best);
    best.put("rounds", (double) bestRound);
    return new Outcome(text(booster, bestRound), best);
  }

  /** The model, but not how many threads made it. */
  private String text(NativeBooster booster, int rounds) {
    return booster.text(rounds).replace("\n[num_threads: " + values.text("num_threads") + "]", "");
  }

  private Map<String, Double> figures(NativeBooster booster, int round) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train." + metric, booster.metric(0));
    if (valid != null) {
      figures.put("valid." + metric, booster.metric(1));
    }
    figures.forEach((name, value) -> context.metric(name, round, value));
    return figures;
  }

  private String parameters() {
    StringBuilder out = new StringBuilder("boosting=gbdt verbosity=-1 deterministic=true"
        + " force_col_wise=true is_provide_training_metric=true feature_pre_filter=false");
    out.append(" metric=").append(metric).append(" seed=").append(seed());
    values.all().forEach((name, value) -> {
      if (!OWN.contains(name)) {
        out.append(' ').append(name).append('=').append(value);
      }
    });
    if (List.of("huber", "quantile").contains(values.text("objective"))) {
      out.append(" alpha=").append(values.text("alpha"));
    }
    return out.toString();
  }

  /** LightGBM derives the seeds of bags and features from one, an {@code int}. */
  private int seed() {
    return (int) ((context.seed() ^ (context.seed() >>> 32)) & Integer.MAX_VALUE);
  }
}
