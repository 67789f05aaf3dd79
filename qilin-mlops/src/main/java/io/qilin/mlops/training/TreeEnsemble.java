package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import java.util.List;
import java.util.Objects;

/**
 * Boosted trees, read from LightGBM's text model. The sum is that of one leaf a tree, in the trees' order, beginning with 0;
 * the score is the sum, or its logistic function. Equal to LightGBM's own prediction in every bit, where the score is the sum;
 * within an ulp or two of the exponential function where it is logistic. Immutable and safe to share.
 */
public final class TreeEnsemble {
  /** How a score comes from the sum. */
  public enum Link {
    /** It is the sum. */
    IDENTITY,
    /** {@code 1 / (1 + exp(-steepness · sum))}. */
    LOGISTIC
  }

  private final List<String> features;
  private final Link link;
  private final double steepness;
  private final List<DecisionTree> trees;
  private final TreeTable table;

  TreeEnsemble(List<String> features, Link link, double steepness, List<DecisionTree> trees) {
    this.features = List.copyOf(features);
    this.link = link;
    this.steepness = steepness;
    this.trees = List.copyOf(trees);
    this.table = TreeTable.of(this.trees);
  }

  /**
   * Reads a text model of LightGBM 3 or 4, from anywhere. At most 256 MiB, 100,000 trees, 131,072 leaves a tree, 20 million
   * nodes in all; memory about 40 bytes a node. One score a row; trees of numerical decisions.
   *
   * @param text the file, UTF-8
   * @throws QilinException MODEL_INVALID for what is damaged, with the line; UNSUPPORTED for several classes, categorical
   *     decisions, linear leaves, averaged trees, and objectives of which the score is another function of the sum;
   *     LIMIT_EXCEEDED
   */
  public static TreeEnsemble parse(byte[] text) {
    return LightGbmText.read(Objects.requireNonNull(text, "text"));
  }

  /** The names in the file, one a place of a row; LightGBM calls them {@code Column_0} and so on where it was told none. */
  public List<String> features() {
    return features;
  }

  /** The length of a row. */
  public int width() {
    return features.size();
  }

  /** The trees, in the order in which they are summed. */
  public List<DecisionTree> trees() {
    return trees;
  }

  /** How a score comes from the sum. */
  public Link link() {
    return link;
  }

  /** LightGBM's {@code sigmoid}; 1 where the link is the identity. */
  public double steepness() {
    return steepness;
  }

  /** Whether any tree looks at that place of a row. */
  public boolean uses(int place) {
    Objects.checkIndex(place, width());
    for (DecisionTree tree : trees) {
      for (int node = 0; node < tree.nodes(); node++) {
        if (tree.feature(node) == place) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A predictor that evaluates the trees in plain Java. {@code NaN} is accepted.
   *
   * @param signature the features' names, which may differ from those in the file, in the file's order
   * @throws QilinException MODEL_MISMATCH if there are more or fewer
   */
  public Predictor predictor(ModelSignature signature) {
    return new TreePredictor(this, signature);
  }

  TreeTable table() {
    return table;
  }
}
