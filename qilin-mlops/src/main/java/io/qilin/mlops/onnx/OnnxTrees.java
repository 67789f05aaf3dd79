package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Boosted trees ready to be written as ONNX: the score of a row is the base value and the sum of one leaf of each tree. A split
 * sends a row to the left where its feature is at most the threshold, and a row whose feature is not known ({@code NaN}) to
 * the side that the split names: so LightGBM's and XGBoost's treatment of missing values survives.
 *
 * <p>Of LightGBM's kinds of missing values: {@code NaN} is the split's default side; {@code None} reads NaN as 0, so it is the left
 * side exactly if the threshold is not negative; {@code Zero} and splits by category cannot be said.
 *
 * <p>Immutable and safe to share.
 */
public final class OnnxTrees {
  final int width;
  final double base;
  final boolean logistic;
  final double steepness;
  final boolean doubles;
  final List<Entry> entries;

  /** One node of a tree; a leaf has feature -1 and its value as threshold. */
  record Entry(
      int tree, int node, int feature, double threshold, int left, int right, boolean missingLeft) {
    boolean leaf() {
      return feature < 0;
    }
  }

  private OnnxTrees(Builder from) {
    this.width = from.width;
    this.base = from.base;
    this.logistic = from.logistic;
    this.steepness = from.steepness;
    this.doubles = from.doubles;
    this.entries = List.copyOf(from.entries);
  }

  /**
   * Starts trees over rows of so many features.
   *
   * @throws QilinException INVALID_ARGUMENT if there is none
   */
  public static Builder builder(int width) {
    if (width < 1) {
      throw QilinException.invalid("a row has at least one feature, not " + width);
    }
    return new Builder(width);
  }

  /** The largest 32-bit real that is not above a threshold: of all 32-bit rows it sends just the same to the left. */
  static float down(double threshold) {
    float near = (float) threshold;
    return near > threshold ? Math.nextDown(near) : near;
  }

  /** Collects trees. Not thread-safe. */
  public static final class Builder {
    private final int width;
    private final List<Entry> entries = new ArrayList<>();
    private double base;
    private boolean logistic;
    private double steepness = 1;
    private boolean doubles;

    private Builder(int width) {
      this.width = width;
    }

    /** What is added to each score; 0 unless set. */
    public Builder base(double value) {
      base = finite(value, "base value");
      return this;
    }

    /**
     * Turns the sum into a probability by {@code 1 / (1 + exp(-steepness · sum))}; not done unless called.
     *
     * @param slope LightGBM's {@code sigmoid}, usually 1
     */
    public Builder logistic(double slope) {
      logistic = true;
      steepness = finite(slope, "steepness");
      return this;
    }

    /**
     * Takes rows of 64-bit numbers and compares them with thresholds of 64 bits, so that splits fall just as in the model that
     * was trained; otherwise rows are rounded to 32 bits first, and a value within that rounding of a threshold may fall to
     * the other side. Slower, needs version 3 of ai.onnx.ml. Scores are 32-bit numbers either way.
     */
    public Builder doubles() {
      doubles = true;
      return this;
    }

    /**
     * Adds a split.
     *
     * @param tree any number that its tree has
     * @param node any number that no other node of the tree has
     * @param feature place in the row, from 0
     * @param threshold rows at most this go to the left; not NaN
     * @param left node of the left side
     * @param right node of the right side
     * @param missingLeft whether a row whose feature is NaN goes to the left
     * @throws QilinException INVALID_ARGUMENT if the feature is not in the row or the threshold is not finite
     */
    public Builder split(
        int tree,
        int node,
        int feature,
        double threshold,
        int left,
        int right,
        boolean missingLeft) {
      if (feature < 0 || feature >= width) {
        throw QilinException.invalid("there is no feature " + feature + " in rows of " + width);
      }
      if (!(Math.abs(threshold) <= Double.MAX_VALUE)) {
        throw QilinException.invalid("a threshold is a finite number, was " + threshold);
      }
      entries.add(new Entry(tree, node, feature, threshold, left, right, missingLeft));
      return this;
    }

    /**
     * Adds a leaf.
     *
     * @throws QilinException INVALID_ARGUMENT if the value is not finite
     */
    public Builder leaf(int tree, int node, double value) {
      entries.add(new Entry(tree, node, -1, finite(value, "leaf"), 0, 0, false));
      return this;
    }

    /**
     * The trees. That they are trees is checked when they are written.
     *
     * @throws QilinException INVALID_ARGUMENT if there is no node
     */
    public OnnxTrees build() {
      if (entries.isEmpty()) {
        throw QilinException.invalid("there is no tree; a constant model has one leaf");
      }
      return new OnnxTrees(this);
    }

    private double finite(double value, String what) {
      if (!(Math.abs(value) <= Float.MAX_VALUE)) {
        throw QilinException.invalid(
            "a " + what + " of trees is a number in the range of 32-bit reals, was " + value);
      }
      return value;
    }
  }

  int[] ints(ToIntFunction<Entry> of) {
    return entries.stream().mapToInt(of).toArray();
  }

  double[] thresholds() {
    double[] values = new double[entries.size()];
    Arrays.setAll(values, i -> entries.get(i).leaf() ? 0 : entries.get(i).threshold());
    return values;
  }
}
