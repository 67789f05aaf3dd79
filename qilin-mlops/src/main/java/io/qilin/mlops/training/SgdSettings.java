package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * Losses, penalties and learning rates, as {@code sklearn/linear_model/_sgd_fast.pyx.tp} has them. A class is -1 or 1 inside.
 * Immutable.
 */
final class SgdSettings {
  /** What belongs to the model, whoever feeds it. */
  static final List<TrainerParameter> MODEL = List.of(
      TrainerParameter.choice(
          "loss",
          List.of(
              "squared_error",
              "huber",
              "epsilon_insensitive",
              "log_loss",
              "hinge",
              "modified_huber"),
          "what an error costs; the last three are of classifiers with labels 0 and 1"),
      TrainerParameter.choice(
          "penalty", List.of("l2", "l1", "elasticnet", "none"), "what large weights cost"),
      TrainerParameter.number("alpha", 0.0001, 0, 1e6, "how much the penalty counts"),
      TrainerParameter.number("l1_ratio", 0.15, 0, 1, "the share of l1 in elasticnet"),
      TrainerParameter.choice(
          "learning_rate",
          List.of("invscaling", "constant", "optimal", "adaptive"),
          "eta0 / t^power_t; eta0; 1 / (alpha · (t0 + t)); eta0 until nothing gets better, then a"
              + " fifth"),
      TrainerParameter.number("eta0", 0.01, 1e-12, 1e6, "the first rate"),
      TrainerParameter.number("power_t", 0.25, 0, 10, "how fast invscaling falls"),
      TrainerParameter.number(
          "epsilon", 0.1, 0, 1e12, "the width of huber and epsilon_insensitive"),
      LinearTraining.INTERCEPT);

  private static final double LARGEST_SLOPE = 1e12;

  private final String loss;
  private final String rate;
  private final double alpha;
  private final double l1Ratio;
  private final boolean squared;
  private final boolean absolute;
  private final double eta0;
  private final double powerT;
  private final double epsilon;
  private final boolean intercept;
  private final double optimalStart;
  private final double optimalStrength;

  SgdSettings(ParameterValues values) {
    loss = values.text("loss");
    rate = values.text("learning_rate");
    String penalty = values.text("penalty");
    alpha = penalty.equals("none") ? 0 : values.number("alpha");
    l1Ratio = switch (penalty) {
      case "l1" -> 1;
      case "elasticnet" -> values.number("l1_ratio");
      default -> 0;
    };
    squared = !penalty.equals("none");
    absolute = penalty.equals("l1") || penalty.equals("elasticnet");
    eta0 = values.number("eta0");
    powerT = values.number("power_t");
    epsilon = values.number("epsilon");
    intercept = values.flag("fit_intercept");
    optimalStrength = values.number("alpha");
    optimalStart = rate.equals("optimal") ? optimalStart(optimalStrength) : 0;
  }

  /** Bottou's heuristic: the first rate is that by which a typical weight moves once. */
  private double optimalStart(double strength) {
    if (strength == 0) {
      throw QilinException.invalid("the learning rate optimal needs an alpha above 0");
    }
    double typical = Math.sqrt(1 / Math.sqrt(strength));
    double first = typical / Math.max(1, slope(-typical, 1));
    return 1 / (first * strength);
  }

  boolean classes() {
    return loss.equals("log_loss") || loss.equals("hinge") || loss.equals("modified_huber");
  }

  LinearModel.Link link() {
    return loss.equals("log_loss") ? LinearModel.Link.LOGISTIC : LinearModel.Link.IDENTITY;
  }

  boolean intercept() {
    return intercept;
  }

  boolean adaptive() {
    return rate.equals("adaptive");
  }

  double firstRate() {
    return eta0;
  }

  /** The rate of a step, which counts from 1. */
  double rate(long step, double current) {
    return switch (rate) {
      case "invscaling" -> eta0 / StrictMath.pow((double) step, powerT);
      case "optimal" -> 1 / (optimalStrength * (optimalStart + step - 1));
      case "adaptive" -> current;
      default -> eta0;
    };
  }

  /** By what part of the rate a weight shrinks. */
  double shrinking() {
    return squared ? (1 - l1Ratio) * alpha : 0;
  }

  /** By what part of the rate a weight is cut. */
  double cutting() {
    return absolute ? l1Ratio * alpha : 0;
  }

  /** The label as the loss has it. */
  double target(double label) {
    return classes() ? 2 * label - 1 : label;
  }

  /** What a prediction costs. */
  double loss(double p, double y) {
    double z = p * y;
    double off = Math.abs(p - y);
    return switch (loss) {
      case "squared_error" -> 0.5 * off * off;
      case "huber" -> off <= epsilon ? 0.5 * off * off : epsilon * off - 0.5 * epsilon * epsilon;
      case "epsilon_insensitive" -> Math.max(0, off - epsilon);
      case "log_loss" -> Math.max(-z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
      case "hinge" -> Math.max(0, 1 - z);
      default -> z >= 1 ? 0 : z >= -1 ? (1 - z) * (1 - z) : -4 * z;
    };
  }

  /** The derivative of the cost by the prediction, within ±1e12. */
  double slope(double p, double y) {
    return Math.min(LARGEST_SLOPE, Math.max(-LARGEST_SLOPE, derivative(p, y)));
  }

  private double derivative(double p, double y) {
    double z = p * y;
    double off = p - y;
    return switch (loss) {
      case "squared_error" -> off;
      case "huber" -> Math.abs(off) <= epsilon ? off : Math.signum(off) * epsilon;
      case "epsilon_insensitive" -> Math.abs(off) > epsilon ? Math.signum(off) : 0;
      case "log_loss" -> -y / (1 + StrictMath.exp(z));
      case "hinge" -> z <= 1 ? -y : 0;
      default -> z >= 1 ? 0 : z >= -1 ? 2 * (1 - z) * -y : -4 * y;
    };
  }
}
