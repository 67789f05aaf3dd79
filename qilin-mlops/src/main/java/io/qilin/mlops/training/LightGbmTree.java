package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import java.util.Map;

/** Makes one tree of its lines, and makes sure that it is one. */
final class LightGbmTree {
  private static final int MAX_LEAVES = 131_072;

  private LightGbmTree() {}

  static DecisionTree read(LightGbmLines lines, Map<String, String> block, int features) {
    int leaves = lines.whole(lines.required(block, "num_leaves"), 1, MAX_LEAVES);
    if (!block.getOrDefault("num_cat", "0").equals("0")) {
      throw LightGbmText.unsupported(
          "a tree decides by categories; train with numerical features only");
    }
    if (!block.getOrDefault("is_linear", "0").equals("0")) {
      throw LightGbmText.unsupported("a tree has linear leaves; train without linear_tree");
    }
    double[] leaf = lines.numbers(lines.required(block, "leaf_value"), leaves);
    int nodes = leaves - 1;
    if (nodes == 0) {
      return new DecisionTree(new int[0], new double[0], new byte[0], new int[0], new int[0], leaf);
    }
    double[] threshold = lines.thresholds(lines.required(block, "threshold"), nodes);
    for (int i = 0; i < nodes; i++) {
      threshold[i] = LightGbmDecision.threshold(threshold[i]);
    }
    int[] left = lines.wholes(lines.required(block, "left_child"), nodes, -leaves, nodes - 1);
    int[] right = lines.wholes(lines.required(block, "right_child"), nodes, -leaves, nodes - 1);
    requireTree(lines, left, right);
    return new DecisionTree(
        lines.wholes(lines.required(block, "split_feature"), nodes, 0, features - 1),
        threshold,
        decisions(lines, lines.required(block, "decision_type"), nodes),
        left,
        right,
        leaf);
  }

  private static byte[] decisions(LightGbmLines lines, String value, int nodes) {
    int[] read = lines.wholes(value, nodes, Byte.MIN_VALUE, Byte.MAX_VALUE);
    byte[] decisions = new byte[nodes];
    for (int i = 0; i < nodes; i++) {
      if (LightGbmDecision.categorical(read[i])) {
        throw LightGbmText.unsupported(
            "a tree decides by categories; train with numerical features only");
      }
      if (!LightGbmDecision.understood(read[i])) {
        throw lines.damaged("no decision has the type " + read[i]);
      }
      decisions[i] = (byte) read[i];
    }
    return decisions;
  }

  /**
   * From the root every node and every leaf is reached, and none twice: with one leaf more than nodes that is a tree, so that
   * every walk ends.
   *
   * @throws QilinException MODEL_INVALID
   */
  private static void requireTree(LightGbmLines lines, int[] left, int[] right) {
    int nodes = left.length;
    boolean[] seenNode = new boolean[nodes];
    boolean[] seenLeaf = new boolean[nodes + 1];
    int[] waiting = new int[nodes + 1];
    int top = 0;
    waiting[top++] = 0;
    int reached = 0;
    while (top > 0) {
      int node = waiting[--top];
      if (seenNode[node]) {
        throw lines.damaged("node " + node + " is the child of two nodes");
      }
      seenNode[node] = true;
      reached++;
      for (int child : new int[] {left[node], right[node]}) {
        if (child >= 0) {
          if (top == waiting.length) {
            throw lines.damaged("nodes are the children of several nodes");
          }
          waiting[top++] = child;
        } else if (seenLeaf[~child]) {
          throw lines.damaged("leaf " + ~child + " is the child of two nodes");
        } else {
          seenLeaf[~child] = true;
          reached++;
        }
      }
    }
    if (reached != 2 * nodes + 1) {
      throw lines.damaged("a part of the tree is not reached from its root");
    }
  }
}
