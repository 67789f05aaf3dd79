package io.qilin.mlops.training;

import java.util.Arrays;
import java.util.List;

/**
 * All trees in a few arrays, for evaluation. Rows are taken a handful at a time and each tree goes over all of them while its
 * nodes are in the cache; the sum of a row is still in the order of the trees.
 */
final class TreeTable {
  /** Rows that one tree goes over before the next; they take 80 KiB at 158 features. */
  private static final int CHUNK = 64;

  private static final byte NAN_LEFT = 1;
  /** What is within ±{@link LightGbmDecision#ZERO} does not compare but goes to the default side. */
  private static final byte ZERO_MISSING = 2;

  private static final byte ZERO_LEFT = 4;

  /** Where each tree begins: a node, or a leaf {@code ~index} of {@link #leaf}. */
  private final int[] roots;

  private final int[] feature;
  private final double[] threshold;
  private final byte[] rule;
  /** Left at 2 · node, right after it: a node of all, or the leaf {@code ~child} of all. */
  private final int[] child;

  private final double[] leaf;

  private TreeTable(int trees, int nodes, int leaves) {
    roots = new int[trees];
    feature = new int[nodes];
    threshold = new double[nodes];
    rule = new byte[nodes];
    child = new int[2 * nodes];
    leaf = new double[leaves];
  }

  static TreeTable of(List<DecisionTree> trees) {
    int nodes = 0;
    int leaves = 0;
    for (DecisionTree tree : trees) {
      nodes += tree.nodes();
      leaves += tree.leaves();
    }
    TreeTable table = new TreeTable(trees.size(), nodes, leaves);
    int node = 0;
    int leaf = 0;
    for (int t = 0; t < trees.size(); t++) {
      DecisionTree tree = trees.get(t);
      table.roots[t] = tree.nodes() == 0 ? ~leaf : node;
      table.put(tree, node, leaf);
      node += tree.nodes();
      leaf += tree.leaves();
    }
    return table;
  }

  private void put(DecisionTree tree, int firstNode, int firstLeaf) {
    for (int i = 0; i < tree.nodes(); i++) {
      int at = firstNode + i;
      feature[at] = tree.feature(i);
      threshold[at] = tree.threshold(i);
      boolean zero = tree.missing(i) == DecisionTree.Missing.ZERO;
      rule[at] = (byte) ((tree.nanLeft(i) ? NAN_LEFT : 0)
          | (zero ? ZERO_MISSING : 0)
          | (zero && tree.missingLeft(i) ? ZERO_LEFT : 0));
      child[2 * at] = moved(tree.left(i), firstNode, firstLeaf);
      child[2 * at + 1] = moved(tree.right(i), firstNode, firstLeaf);
    }
    System.arraycopy(tree.leaf, 0, leaf, firstLeaf, tree.leaves());
  }

  private static int moved(int child, int firstNode, int firstLeaf) {
    return child >= 0 ? firstNode + child : ~(firstLeaf + ~child);
  }

  /** Writes the sum of each row. */
  void sums(double[] rows, int width, int count, double[] sums) {
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(count, from + CHUNK);
      Arrays.fill(sums, from, to, 0);
      for (int root : roots) {
        for (int row = from; row < to; row++) {
          sums[row] += leaf(root, rows, row * width);
        }
      }
    }
  }

  private double leaf(int root, double[] rows, int offset) {
    int at = root;
    while (at >= 0) {
      double value = rows[offset + feature[at]];
      double limit = threshold[at];
      int side;
      if (rule[at] >= ZERO_MISSING && Math.abs(value) <= LightGbmDecision.ZERO) {
        side = (rule[at] & ZERO_LEFT) != 0 ? 0 : 1;
      } else if (value <= limit) {
        side = 0;
      } else if (value > limit) {
        side = 1;
      } else {
        side = (rule[at] & NAN_LEFT) != 0 ? 0 : 1;
      }
      at = child[2 * at + side];
    }
    return leaf[~at];
  }
}
