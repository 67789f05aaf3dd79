package io.qilin.mlops.onnx;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.training.DecisionTree;
import io.qilin.mlops.training.DecisionTree.Missing;
import io.qilin.mlops.training.LinearModel;
import io.qilin.mlops.training.TreeEnsemble;

/**
 * Writes trained models of this library as ONNX. Scores agree with the model's own to about 1e-6 of their size, as ONNX adds in 32
 * bits; a feature's order is that of the model. Stateless.
 */
public final class OnnxExport {
  private OnnxExport() {}

  /**
   * A linear or logistic model.
   *
   * @throws QilinException INVALID_ARGUMENT if a weight is too large for a 32-bit real
   */
  public static byte[] of(LinearModel model) {
    return model.link() == LinearModel.Link.LOGISTIC
        ? OnnxWriter.logistic(model.weights(), model.intercept())
        : OnnxWriter.linear(model.weights(), model.intercept());
  }

  /**
   * Boosted trees over 32-bit rows: see {@link #trees}, {@link OnnxWriter#trees}.
   *
   * @throws QilinException as {@link #trees}
   */
  public static byte[] of(TreeEnsemble model) {
    return OnnxWriter.trees(trees(model).build());
  }

  /**
   * Boosted trees ready to be written, for example over 64-bit rows by {@link OnnxTrees.Builder#doubles}. What is missing goes to
   * the same side as in LightGBM.
   *
   * @throws QilinException UNSUPPORTED if a node takes zero for missing and sends it to the side where 0 does not compare, which
   *     ONNX cannot say: train with {@code zero_as_missing=false}
   */
  public static OnnxTrees.Builder trees(TreeEnsemble model) {
    OnnxTrees.Builder builder = OnnxTrees.builder(model.width());
    if (model.link() == TreeEnsemble.Link.LOGISTIC) {
      builder.logistic(model.steepness());
    }
    for (int tree = 0; tree < model.trees().size(); tree++) {
      add(builder, tree, model.trees().get(tree));
    }
    return builder;
  }

  /** Leaves have the numbers after those of the nodes. */
  private static void add(OnnxTrees.Builder builder, int number, DecisionTree tree) {
    int nodes = tree.nodes();
    for (int i = 0; i < nodes; i++) {
      double threshold = tree.threshold(i);
      if (tree.missing(i) == Missing.ZERO && tree.missingLeft(i) != (0 <= threshold)) {
        throw new QilinException(
            ErrorCode.UNSUPPORTED,
            "node " + i + " of tree " + number + " takes zero for missing and sends it to the side"
                + " where zero does not compare, which ONNX cannot say; train with"
                + " zero_as_missing=false");
      }
      builder.split(
          number,
          i,
          tree.feature(i),
          threshold,
          place(tree.left(i), nodes),
          place(tree.right(i), nodes),
          tree.nanLeft(i));
    }
    for (int i = 0; i < tree.leaves(); i++) {
      builder.leaf(number, nodes + i, tree.leaf(i));
    }
  }

  private static int place(int child, int nodes) {
    return child >= 0 ? child : nodes + ~child;
  }
}
