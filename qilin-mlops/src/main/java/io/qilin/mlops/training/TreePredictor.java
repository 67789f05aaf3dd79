package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;

/** Evaluates boosted trees. */
final class TreePredictor extends RowPredictor {
  private final TreeEnsemble trees;

  TreePredictor(TreeEnsemble trees, ModelSignature signature) {
    super(signature);
    this.trees = trees;
    if (signature.width() != trees.width()) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the trees take " + trees.width() + " features, the signature has " + signature.width());
    }
  }

  @Override
  void score(double[] rows, int count, double[] scores) {
    trees.table().sums(rows, trees.width(), count, scores);
    if (trees.link() == TreeEnsemble.Link.LOGISTIC) {
      for (int i = 0; i < count; i++) {
        scores[i] = 1 / (1 + StrictMath.exp(-trees.steepness() * scores[i]));
      }
    }
    if (signature().missing() == ModelSignature.Missing.NO_SCORE
        && !finite(rows, count * trees.width())) {
      for (int i = 0; i < count; i++) {
        if (firstUnknown(rows, i * trees.width(), trees.width()) >= 0) {
          scores[i] = Double.NaN;
        }
      }
    }
  }
}
