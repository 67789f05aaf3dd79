package io.qilin.data.lineage;

import com.google.common.graph.ElementOrder;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.ImmutableGraph;
import com.google.common.graph.MutableGraph;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What came from what: nodes by their content, joined by the steps that made one from the other. No content comes from
 * itself: a step that would close a circle is refused. Immutable and safe to share.
 *
 * <p>Order is deterministic: nodes and steps in the order in which they were added. Content that was recorded twice is
 * one node, as it was recorded first.
 */
public final class LineageGraph {
  private final Map<ContentHash, LineageNode> nodes;
  private final List<LineageStep> steps;
  private final ImmutableGraph<ContentHash> edges;
  private final Map<ContentHash, List<LineageStep>> makers;
  private final Map<ContentHash, List<LineageStep>> users;

  private LineageGraph(Builder builder) {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.nodes));
    steps = List.copyOf(builder.steps.values());
    edges = ImmutableGraph.copyOf(builder.edges);
    makers = new HashMap<>();
    users = new HashMap<>();
    for (LineageStep step : steps) {
      put(makers, step.outputs(), step);
      put(users, step.inputs(), step);
    }
  }

  /** Files a step under each of its nodes, once. */
  private static void put(
      Map<ContentHash, List<LineageStep>> map, List<LineageNode> nodes, LineageStep step) {
    nodes.stream()
        .map(LineageNode::hash)
        .distinct()
        .forEach(hash -> map.computeIfAbsent(hash, h -> new ArrayList<>()).add(step));
  }

  /** The graph of some steps. */
  public static LineageGraph of(List<LineageStep> steps) {
    Builder builder = builder();
    steps.forEach(builder::add);
    return builder.build();
  }

  /** Starts with nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** All nodes. */
  public List<LineageNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** All steps. */
  public List<LineageStep> steps() {
    return steps;
  }

  /** The node of that content, if it is known. */
  public Optional<LineageNode> find(ContentHash hash) {
    return Optional.ofNullable(nodes.get(hash));
  }

  /**
   * The node of that content.
   *
   * @throws QilinException DATA_NOT_FOUND
   */
  public LineageNode node(ContentHash hash) {
    return find(hash)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            hash + " is not among the " + nodes.size() + " nodes of the lineage"));
  }

  /** The steps that made the content, oldest first; several if it was made again. */
  public List<LineageStep> makers(ContentHash hash) {
    return List.copyOf(makers.getOrDefault(hash, List.of()));
  }

  /** The steps that read the content, oldest first. */
  public List<LineageStep> users(ContentHash hash) {
    return List.copyOf(users.getOrDefault(hash, List.of()));
  }

  /**
   * All that a node rests on, without itself.
   *
   * @throws QilinException DATA_NOT_FOUND for a hash that is not in the graph
   */
  public List<LineageNode> upstream(ContentHash hash) {
    return reached(hash, true);
  }

  /**
   * All that rests on a node, without itself: what a bad input has reached.
   *
   * @throws QilinException DATA_NOT_FOUND for a hash that is not in the graph
   */
  public List<LineageNode> downstream(ContentHash hash) {
    return reached(hash, false);
  }

  private List<LineageNode> reached(ContentHash hash, boolean up) {
    node(hash);
    Set<ContentHash> seen = Graphs.reachableNodes(up ? Graphs.transpose(edges) : edges, hash);
    return nodes.values().stream()
        .filter(node -> !node.hash().equals(hash) && seen.contains(node.hash()))
        .toList();
  }

  /**
   * A shortest way along the steps from one node to another, both included; empty if the second does not rest on the
   * first.
   *
   * @throws QilinException DATA_NOT_FOUND for a hash that is not in the graph
   */
  public List<LineageNode> path(ContentHash from, ContentHash to) {
    node(from);
    node(to);
    Map<ContentHash, ContentHash> before = new HashMap<>();
    Deque<ContentHash> queue = new ArrayDeque<>(List.of(from));
    before.put(from, from);
    while (!queue.isEmpty() && !before.containsKey(to)) {
      ContentHash at = queue.remove();
      for (ContentHash next : edges.successors(at)) {
        if (before.putIfAbsent(next, at) == null) {
          queue.add(next);
        }
      }
    }
    List<LineageNode> way = new ArrayList<>();
    ContentHash at = before.containsKey(to) ? to : null;
    while (at != null) {
      way.add(node(at));
      at = at.equals(from) ? null : before.get(at);
    }
    Collections.reverse(way);
    return way;
  }

  /** The nodes that nothing in the graph made, or only a step without inputs: where the data came in. */
  public List<LineageNode> roots() {
    return nodes.values().stream()
        .filter(node -> edges.predecessors(node.hash()).isEmpty())
        .toList();
  }

  /** The nodes from which nothing was made. */
  public List<LineageNode> results() {
    return nodes.values().stream()
        .filter(node -> edges.successors(node.hash()).isEmpty())
        .toList();
  }

  /** What the results rest on, as a text tree; a part that was shown is not shown again. */
  public String explain() {
    LineageText text = new LineageText(this);
    results().forEach(node -> text.origin(node));
    return text.toString();
  }

  /**
   * What a node rests on, as a text tree.
   *
   * @throws QilinException DATA_NOT_FOUND for a hash that is not in the graph
   */
  public String explain(ContentHash hash) {
    LineageText text = new LineageText(this);
    text.origin(node(hash));
    return text.toString();
  }

  /**
   * What rests on a node, as a text tree: the impact of a bad input.
   *
   * @throws QilinException DATA_NOT_FOUND for a hash that is not in the graph
   */
  public String explainImpact(ContentHash hash) {
    LineageText text = new LineageText(this);
    text.impact(node(hash));
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LineageGraph graph && steps.equals(graph.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /** Collects steps. Not thread-safe. */
  public static final class Builder {
    private final Map<ContentHash, LineageNode> nodes = new LinkedHashMap<>();
    private final Map<UUID, LineageStep> steps = new LinkedHashMap<>();
    private final MutableGraph<ContentHash> edges = GraphBuilder.directed()
        .nodeOrder(ElementOrder.<ContentHash>insertion())
        .incidentEdgeOrder(ElementOrder.<ContentHash>stable())
        .build();

    private Builder() {}

    /**
     * Adds a step and the nodes that it names; one that is there already is not added again.
     *
     * @throws QilinException DATA_CONFLICT if an input of the step rests on an output of it; nothing is added then
     */
    public Builder add(LineageStep step) {
      UUID id = step.id();
      if (steps.containsKey(id)) {
        return this;
      }
      for (LineageNode output : step.outputs()) {
        refuseCircle(step, output);
      }
      step.inputs().forEach(this::put);
      step.outputs().forEach(this::put);
      for (LineageNode input : step.inputs()) {
        for (LineageNode output : step.outputs()) {
          edges.putEdge(input.hash(), output.hash());
        }
      }
      steps.put(id, step);
      return this;
    }

    private void put(LineageNode node) {
      nodes.putIfAbsent(node.hash(), node);
      edges.addNode(node.hash());
    }

    private void refuseCircle(LineageStep step, LineageNode output) {
      if (!edges.nodes().contains(output.hash()) || edges.outDegree(output.hash()) == 0) {
        return;
      }
      Set<ContentHash> after = Graphs.reachableNodes(edges, output.hash());
      step.inputs().stream()
          .filter(input -> after.contains(input.hash()))
          .min(Comparator.comparing(LineageNode::hash))
          .ifPresent(input -> {
            throw new QilinException(
                ErrorCode.DATA_CONFLICT,
                "the step " + QilinException.quote(step.operation()) + " makes "
                    + QilinException.quote(output.name()) + " from "
                    + QilinException.quote(input.name())
                    + ", which itself rests on it; what comes back byte for byte is known already,"
                    + " leave the step away");
          });
    }

    /** The graph. */
    public LineageGraph build() {
      return new LineageGraph(this);
    }
  }
}
