package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A linear model: the sum of weights times features plus an intercept, or the logistic function of that. A row with a feature
 * that is not known has no score. Immutable and safe to share.
 */
public final class LinearModel {
  /** How a score comes from the sum. */
  public enum Link {
    /** It is the sum. */
    IDENTITY,
    /** {@code 1 / (1 + exp(-sum))}. */
    LOGISTIC
  }

  private final ModelSignature signature;
  private final Link link;
  private final double[] weights;
  private final double intercept;

  /** Takes weights that nobody else has and that are known to be finite, one a feature. */
  LinearModel(ModelSignature signature, Link link, double[] weights, double intercept) {
    this.signature = signature;
    this.link = Objects.requireNonNull(link, "link");
    this.weights = weights;
    this.intercept = intercept;
  }

  /**
   * A model of given weights.
   *
   * @param features names, one a weight
   * @param weights finite; copied
   * @param intercept finite
   * @throws QilinException INVALID_ARGUMENT for another number of weights, or one that is not finite
   */
  public static LinearModel of(
      List<String> features, Link link, double[] weights, double intercept) {
    double[] copy = weights.clone();
    LinearModel model = new LinearModel(
        new ModelSignature(features, ModelSignature.Missing.NO_SCORE), link, copy, intercept);
    if (copy.length != features.size()) {
      throw QilinException.invalid(
          features.size() + " features take as many weights, there are " + copy.length);
    }
    for (int i = 0; i < copy.length; i++) {
      if (!Double.isFinite(copy[i])) {
        throw QilinException.invalid(
            "the weight of " + QilinException.quote(features.get(i)) + " is " + copy[i]);
      }
    }
    if (!Double.isFinite(intercept)) {
      throw QilinException.invalid("the intercept is " + intercept);
    }
    return model;
  }

  /**
   * Reads what {@link #bytes} gives, strictly.
   *
   * @throws QilinException MODEL_INVALID for anything else; LIMIT_EXCEEDED beyond 64 MiB
   */
  public static LinearModel parse(byte[] bytes) {
    return LinearFormat.read(bytes);
  }

  /** The model as strict JSON in UTF-8; the numbers read back to the same bits. */
  public byte[] bytes() {
    return LinearFormat.write(this).getBytes(StandardCharsets.UTF_8);
  }

  /** What it takes. */
  public ModelSignature signature() {
    return signature;
  }

  /** How a score comes from the sum. */
  public Link link() {
    return link;
  }

  /** The weights, one a feature: a copy. */
  public double[] weights() {
    return weights.clone();
  }

  /** The weight of a feature. */
  public double weight(int feature) {
    return weights[feature];
  }

  /** What is added to the sum. */
  public double intercept() {
    return intercept;
  }

  /** A predictor of this model. */
  public Predictor predictor() {
    return new LinearPredictor(this, weights);
  }
}
