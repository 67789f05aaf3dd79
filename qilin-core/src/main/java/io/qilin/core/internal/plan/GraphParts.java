package io.qilin.core.internal.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Divides the expressions of a graph into parts of a limited cost each; expressions that share calculations stay together. */
public final class GraphParts {
  private final Graph graph;
  private final double most;
  private final int[] roots;
  /** The terms of each expression. */
  private final int[][] terms;
  /** The cost of each expression alone. */
  private final double[] costs;
  /** The expressions that each term is in. */
  private final List<List<Integer>> users;

  /** Expressions that are in no part yet. */
  private final BitSet open = new BitSet();
  /** The terms of the part at hand, their cost, and how much of each expression is among them. */
  private final BitSet taken = new BitSet();

  private final double[] shared;
  private double cost;

  private GraphParts(Graph graph, double most) {
    this.graph = graph;
    this.most = most;
    this.roots = graph.roots();
    this.terms = new int[roots.length][];
    this.costs = new double[roots.length];
    this.shared = new double[roots.length];
    this.users = new ArrayList<>(Collections.nCopies(graph.terms().size(), List.of()));
    users.replaceAll(none -> new ArrayList<>());
    for (int i = 0; i < roots.length; i++) {
      terms[i] = graph.reach(roots[i]).stream().toArray();
      for (int id : terms[i]) {
        costs[i] += graph.term(id).cost();
        users.get(id).add(i);
      }
    }
    open.set(0, roots.length);
  }

  /**
   * Divides the expressions.
   *
   * @param most cost of a part, as {@link Graph#cost}; an expression that costs more is a part of its own
   * @return numbers of expressions, each in one part
   */
  public static List<BitSet> of(Graph graph, double most) {
    GraphParts work = new GraphParts(graph, most);
    List<BitSet> parts = new ArrayList<>();
    while (!work.open.isEmpty()) {
      parts.add(work.next());
    }
    return parts;
  }

  /** The part of the first expression that is left: what shares most with it comes in first. */
  private BitSet next() {
    taken.clear();
    Arrays.fill(shared, 0);
    cost = 0;
    BitSet part = new BitSet();
    for (int i = open.nextSetBit(0); i >= 0; i = closest()) {
      part.set(i);
      take(i);
    }
    return part;
  }

  private void take(int expression) {
    open.clear(expression);
    for (int id : terms[expression]) {
      if (!taken.get(id)) {
        taken.set(id);
        double own = graph.term(id).cost();
        cost += own;
        users.get(id).forEach(user -> shared[user] += own);
      }
    }
  }

  /** The expression that shares most of its cost with the part, among those that there is room for; -1 if there is none. */
  private int closest() {
    int best = -1;
    double most = -1;
    for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
      double share = costs[i] > 0 ? shared[i] / costs[i] : 1;
      if (share > most && cost + costs[i] - shared[i] <= this.most) {
        best = i;
        most = share;
      }
    }
    return best;
  }
}
