package io.qilin.mlops.training;

import java.util.Objects;

/**
 * One tree of a {@link TreeEnsemble}, checked: the root is node 0, or, in a tree without nodes, leaf 0; every other node and
 * every leaf is the child of exactly one node. Immutable and safe to share.
 *
 * <p>At a node a row goes left if its value is at most the threshold. A value that is missing there goes to the default side:
 * {@link Missing#NAN} means {@code NaN}; {@link Missing#ZERO} means {@code NaN} and anything within ±1e-35; {@link Missing#NONE}
 * means nothing, {@code NaN} counts as 0. So LightGBM's {@code Tree::NumericalDecision}.
 */
public final class DecisionTree {
  /** What counts as missing at a node. */
  public enum Missing {
    /** Nothing: {@code NaN} is taken for 0. */
    NONE,
    /** {@code NaN}, and what is nearer to 0 than LightGBM tells apart. */
    ZERO,
    /** {@code NaN}. */
    NAN
  }

  final int[] feature;
  final double[] threshold;
  final byte[] decision;
  final int[] left;
  final int[] right;
  final double[] leaf;

  /** Takes arrays that nobody else has and that were checked. */
  DecisionTree(
      int[] feature, double[] threshold, byte[] decision, int[] left, int[] right, double[] leaf) {
    this.feature = feature;
    this.threshold = threshold;
    this.decision = decision;
    this.left = left;
    this.right = right;
    this.leaf = leaf;
  }

  /** How many nodes decide; 0 for a tree that is one leaf. */
  public int nodes() {
    return feature.length;
  }

  /** How many leaves there are: one more than nodes. */
  public int leaves() {
    return leaf.length;
  }

  /** The place in the row that a node looks at. */
  public int feature(int node) {
    return feature[Objects.checkIndex(node, feature.length)];
  }

  /**
   * The largest value that goes left; finite: for an infinite one, by which only {@code NaN} is told apart, the largest number
   * stands. LightGBM takes what is within ±1e-35 for 0, so a threshold in that range is moved
   * to its end on the side that gives the same decisions.
   */
  public double threshold(int node) {
    return threshold[Objects.checkIndex(node, threshold.length)];
  }

  /** What counts as missing at a node. */
  public Missing missing(int node) {
    return LightGbmDecision.missing(decision[Objects.checkIndex(node, decision.length)]);
  }

  /** Whether what is missing goes left. */
  public boolean missingLeft(int node) {
    return LightGbmDecision.defaultLeft(decision[Objects.checkIndex(node, decision.length)]);
  }

  /** Whether {@code NaN} goes left at a node, whatever the reason. */
  public boolean nanLeft(int node) {
    return missing(node) == Missing.NONE ? 0 <= threshold(node) : missingLeft(node);
  }

  /** The child for what is at most the threshold: a node, or the leaf {@code ~child} if negative. */
  public int left(int node) {
    return left[Objects.checkIndex(node, left.length)];
  }

  /** The child for what is larger: a node, or the leaf {@code ~child} if negative. */
  public int right(int node) {
    return right[Objects.checkIndex(node, right.length)];
  }

  /** What a leaf adds to the sum; finite. */
  public double leaf(int index) {
    return leaf[Objects.checkIndex(index, leaf.length)];
  }
}
