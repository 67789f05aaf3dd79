package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Trees written as lists, one entry a node. Before native code follows the links they must be trees: each with one root, each other
 * node with one parent, none out of reach, no way back.
 */
final class TreeRules {
  private static final int MAX_NODES = 4_000_000;
  private static final int MAX_OUTPUTS = 100_000;
  private static final Set<String> BRANCHES =
      Set.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ");
  private static final Set<String> SUMS = Set.of("SUM", "AVERAGE", "MIN", "MAX");
  private static final Set<String> TRANSFORMS =
      Set.of("NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT");

  private final Step step;
  private final long[] treeIds;
  private final long[] nodeIds;
  private final long[] features;
  private final long[] yes;
  private final long[] no;
  private final List<String> modes;
  /** From a tree's id and a node's id to its place. */
  private final Places places;

  private TreeRules(Step step) {
    this.step = step;
    Node node = step.node;
    treeIds = node.wholes("nodes_treeids");
    nodeIds = node.wholes("nodes_nodeids");
    features = node.wholes("nodes_featureids");
    yes = node.wholes("nodes_truenodeids");
    no = node.wholes("nodes_falsenodeids");
    modes = node.texts("nodes_modes");
    places = new Places(Math.min(MAX_NODES, nodeIds.length));
  }

  static void examine(Step step, boolean classifier) {
    step.arity(1, 1);
    Value value = MlRules.table(step);
    TreeRules trees = new TreeRules(step);
    trees.requireEven(value.dims[1]);
    long depth = trees.requireTrees();
    long outputs = classifier ? MlRules.classes(step) : step.node.whole("n_targets", 1);
    if (outputs < 1 || outputs > MAX_OUTPUTS) {
      throw step.fault("it has " + outputs + " outputs");
    }
    trees.requireLeaves(classifier ? "class" : "target", outputs);
    String sum = step.node.text("aggregate_function", "SUM");
    String transform = step.node.text("post_transform", "NONE");
    if (!SUMS.contains(sum) || !TRANSFORMS.contains(transform)) {
      throw step.fault("it sums by " + OnnxFault.quote(sum) + " and transforms by "
          + OnnxFault.quote(transform) + ", which is not known");
    }
    step.costsAlso(depth * 4);
    if (classifier) {
      MlRules.givesClasses(step, value, outputs);
    } else {
      step.gives(ElementType.FLOAT, new long[] {value.dims[0], outputs});
    }
  }

  /** Lists of equal length, features within the row. */
  private void requireEven(long width) {
    int count = nodeIds.length;
    if (count == 0 || count > MAX_NODES) {
      throw step.fault("its trees have " + count + " nodes, 1 to " + MAX_NODES + " are accepted");
    }
    requireCount("nodes_treeids", treeIds.length, count);
    requireCount("nodes_featureids", features.length, count);
    requireCount("nodes_truenodeids", yes.length, count);
    requireCount("nodes_falsenodeids", no.length, count);
    requireCount("nodes_modes", modes.size(), count);
    requireCount("nodes_values", reals("nodes_values"), count);
    int tracks = step.node.wholes("nodes_missing_value_tracks_true").length;
    if (tracks != 0) {
      requireCount("nodes_missing_value_tracks_true", tracks, count);
    }
    if (step.node.has("nodes_hitrates") || step.node.has("nodes_hitrates_as_tensor")) {
      int rates = reals("nodes_hitrates");
      requireCount("nodes_hitrates", rates, rates == 0 ? 0 : count);
    }
    for (int i = 0; i < count; i++) {
      boolean leaf = leaf(i);
      if (!leaf && !BRANCHES.contains(modes.get(i))) {
        throw fault(i, "has the mode " + OnnxFault.quote(modes.get(i)) + ", which is not known");
      }
      if (!leaf && (features[i] < 0 || features[i] >= width)) {
        throw fault(i, "asks for feature " + features[i] + " of " + width);
      }
    }
  }

  /** Reals of an attribute that may be 32-bit or, in a tensor, 64-bit. */
  private int reals(String attribute) {
    int plain = step.node.reals(attribute).length;
    ConstantTensor wide = step.node.tensor(attribute + "_as_tensor");
    if (wide == null) {
      return plain;
    }
    if (plain != 0 || wide.dims.length != 1 || wide.type != step.input(0).type) {
      throw step.fault(
          "its " + attribute + " stand twice, or in a tensor that does not fit the input");
    }
    return (int) wide.count;
  }

  private void requireCount(String what, int found, int expected) {
    if (found != expected) {
      throw step.fault("its " + what + " has " + found + " entries instead of " + expected);
    }
  }

  private boolean leaf(int place) {
    return modes.get(place).equals("LEAF");
  }

  /** Checks the links; gives the sum of the depths of all trees. */
  private long requireTrees() {
    int count = nodeIds.length;
    for (int i = 0; i < count; i++) {
      boolean ids = treeIds[i] == (int) treeIds[i] && nodeIds[i] == (int) nodeIds[i];
      if (!ids || !places.put((int) treeIds[i], (int) nodeIds[i], i)) {
        throw fault(i, "stands twice, or has a number of more than 32 bits");
      }
    }
    int[] left = new int[count];
    int[] right = new int[count];
    boolean[] child = new boolean[count];
    for (int i = 0; i < count; i++) {
      if (!leaf(i)) {
        left[i] = link(i, yes[i], child);
        right[i] = link(i, no[i], child);
      }
    }
    return depths(left, right, child);
  }

  private int link(int from, long id, boolean[] child) {
    int to = places.get(treeIds[from], id);
    if (to == Places.NONE || child[to]) {
      throw fault(
          from,
          "leads to node " + id
              + (to == Places.NONE ? ", which is not there" : ", as another does"));
    }
    child[to] = true;
    return to;
  }

  private long depths(int[] left, int[] right, boolean[] child) {
    Set<Long> rooted = new HashSet<>();
    int[] depth = new int[child.length];
    int[] waiting = new int[child.length];
    long total = 0;
    int reached = 0;
    for (int root = 0; root < child.length; root++) {
      if (child[root]) {
        continue;
      }
      if (!rooted.add(treeIds[root])) {
        throw fault(root, "is a second root of its tree");
      }
      int size = 0;
      int deepest = 0;
      waiting[size++] = root;
      while (size > 0) {
        int at = waiting[--size];
        reached++;
        deepest = Math.max(deepest, depth[at]);
        if (!leaf(at)) {
          depth[left[at]] = depth[at] + 1;
          depth[right[at]] = depth[at] + 1;
          waiting[size++] = left[at];
          waiting[size++] = right[at];
        }
      }
      total += deepest + 1;
    }
    if (reached != child.length) {
      throw step.fault((child.length - reached) + " nodes of its trees lead in a circle");
    }
    return total;
  }

  /** Each weight belongs to a leaf and to an output, each leaf has a weight. */
  private void requireLeaves(String kind, long outputs) {
    long[] trees = step.node.wholes(kind + "_treeids");
    long[] nodes = step.node.wholes(kind + "_nodeids");
    long[] ids = step.node.wholes(kind + "_ids");
    requireCount(kind + "_treeids", trees.length, nodes.length);
    requireCount(kind + "_ids", ids.length, nodes.length);
    requireCount(kind + "_weights", reals(kind + "_weights"), nodes.length);
    boolean[] weighted = new boolean[nodeIds.length];
    for (int i = 0; i < nodes.length; i++) {
      int place = places.get(trees[i], nodes[i]);
      if (place == Places.NONE || !leaf(place) || ids[i] < 0 || ids[i] >= outputs) {
        throw step.fault("the weight " + (i + 1) + " belongs to node " + nodes[i] + " of tree "
            + trees[i] + " and output " + ids[i] + ", which is no leaf or no output");
      }
      weighted[place] = true;
    }
    for (int i = 0; i < weighted.length; i++) {
      if (leaf(i) && !weighted[i]) {
        throw fault(i, "is a leaf without a weight");
      }
    }
    int bases = reals("base_values");
    if (bases != 0 && bases != outputs && !(outputs == 2 && bases == 1)) {
      throw step.fault("it has " + bases + " base values for " + outputs + " outputs");
    }
  }

  private QilinException fault(int place, String what) {
    return step.fault("node " + nodeIds[place] + " of tree " + treeIds[place] + " " + what);
  }
}
