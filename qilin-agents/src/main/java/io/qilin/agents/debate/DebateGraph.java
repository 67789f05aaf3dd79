package io.qilin.agents.debate;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who speaks in a debate, in which order and how often: a state machine whose states are speakers.
 *
 * <p>The first node speaks first. After a node its edges are tried in the order of the list; the
 * first one is taken whose target's group has spoken fewer times than {@link Edge#below}. Without
 * one the debate is over. The way does not depend on what is said, so that it is known, and known to
 * end, before anybody speaks: a graph of more than {@value #MOST_TURNS} turns is refused.
 *
 * <p>Who speaks first in a group changes by a seed: with a group of n nodes, the node in whose place
 * the machine is gives its place to the one {@code seed mod n} places further on in its group. A
 * side that always has the last word has an advantage that its arguments have not.
 *
 * @param id a name, at most 64 characters of {@code a-z 0-9 - :}
 * @param nodes the speakers, the first one first
 * @param edges who may follow whom
 */
public record DebateGraph(String id, List<Node> nodes, List<Edge> edges) {
  /** The most turns of a debate. */
  public static final int MOST_TURNS = 100;

  private static final Pattern TRADING_AGENTS =
      Pattern.compile("trading-agents:([0-9]{1,2}):([0-9]{1,2})");

  /** What a speaker is there for. */
  public enum Stance {
    /** Argues for the share. */
    FOR,
    /** Argues against it. */
    AGAINST,
    /** Turns a judgement into a proposal, or weighs both sides without deciding. */
    WEIGH,
    /** Decides what was said. */
    JUDGE
  }

  /** Which model is asked where models are asked. */
  public enum Tier {
    /** The quick one. */
    QUICK,
    /** The one that thinks longer. */
    DEEP
  }

  /**
   * A speaker.
   *
   * @param id unique name, for example {@code bull}
   * @param group those who take turns with it, for example {@code research}
   * @param stance what it is there for
   * @param tier which model speaks for it
   */
  public record Node(String id, String group, Stance stance, Tier tier) {
    /** Checks that nothing is missing. */
    public Node {
      Objects.requireNonNull(stance, "stance");
      Objects.requireNonNull(tier, "tier");
      if (id.isBlank() || group.isBlank()) {
        throw bad("a node has an id and a group");
      }
    }
  }

  /**
   * A way from one node to another.
   *
   * @param from the node that has spoken
   * @param to the node that speaks next
   * @param below it is taken while the group of {@code to} has spoken fewer times than this
   */
  public record Edge(String from, String to, int below) {
    /** Checks that nothing is missing. */
    public Edge {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
    }
  }

  /**
   * One turn of a debate.
   *
   * @param number from 1 on
   * @param node who speaks
   * @param to who speaks next, {@code desk} after the last turn
   */
  public record Turn(int number, Node node, String to) {
    /** Checks that nothing is missing. */
    public Turn {
      Objects.requireNonNull(node, "node");
      Objects.requireNonNull(to, "to");
    }
  }

  /**
   * Copies the lists and walks the graph once.
   *
   * @throws QilinException INVALID_CONFIGURATION for a graph without a node, with an id twice, with
   *     an edge to or from nowhere, or that does not end within 100 turns
   */
  public DebateGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    if (!id.matches("[a-z0-9:-]{1,64}")) {
      throw bad("a graph's id is 1 to 64 of a-z 0-9 - :, was " + QilinException.quote(id));
    }
    Set<String> ids = new HashSet<>();
    for (Node node : nodes) {
      if (!ids.add(node.id())) {
        throw bad("two nodes of " + id + " are called " + QilinException.quote(node.id()));
      }
    }
    if (nodes.isEmpty()) {
      throw bad("the graph " + id + " has no node");
    }
    for (Edge edge : edges) {
      if (!ids.contains(edge.from()) || !ids.contains(edge.to())) {
        throw bad("an edge of " + id + " leads from " + QilinException.quote(edge.from()) + " to "
            + QilinException.quote(edge.to()) + ", there are " + ids);
      }
    }
    seats(id, nodes, edges);
  }

  private static QilinException bad(String message) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  /**
   * The graph of TradingAgents v0.3.0: bull and bear → research manager → trader → aggressive,
   * conservative and neutral risk debaters → portfolio manager. The two managers are of the deep tier.
   *
   * @param rounds how often bull and bear each speak, 1 to 10; 1 there
   * @param riskRounds how often the risk debaters each speak, 1 to 10; 1 there
   * @throws QilinException INVALID_CONFIGURATION for other numbers
   */
  public static DebateGraph tradingAgents(int rounds, int riskRounds) {
    if (rounds < 1 || rounds > 10 || riskRounds < 1 || riskRounds > 10) {
      throw bad("rounds are 1 to 10, were " + rounds + " and " + riskRounds);
    }
    return new DebateGraph(
        "trading-agents:" + rounds + ":" + riskRounds,
        List.of(
            new Node("bull", "research", Stance.FOR, Tier.QUICK),
            new Node("bear", "research", Stance.AGAINST, Tier.QUICK),
            new Node("research-manager", "research-judge", Stance.JUDGE, Tier.DEEP),
            new Node("trader", "trade", Stance.WEIGH, Tier.QUICK),
            new Node("aggressive", "risk", Stance.FOR, Tier.QUICK),
            new Node("conservative", "risk", Stance.AGAINST, Tier.QUICK),
            new Node("neutral", "risk", Stance.WEIGH, Tier.QUICK),
            new Node("portfolio-manager", "risk-judge", Stance.JUDGE, Tier.DEEP)),
        List.of(
            new Edge("bull", "bear", 2 * rounds),
            new Edge("bull", "research-manager", 1),
            new Edge("bear", "bull", 2 * rounds),
            new Edge("bear", "research-manager", 1),
            new Edge("research-manager", "trader", 1),
            new Edge("trader", "aggressive", 3 * riskRounds),
            new Edge("aggressive", "conservative", 3 * riskRounds),
            new Edge("conservative", "neutral", 3 * riskRounds),
            new Edge("neutral", "aggressive", 3 * riskRounds),
            new Edge("neutral", "portfolio-manager", 1)));
  }

  /** One argument for, one against, and a judge. */
  public static DebateGraph brief() {
    return new DebateGraph(
        "brief",
        List.of(
            new Node("bull", "research", Stance.FOR, Tier.QUICK),
            new Node("bear", "research", Stance.AGAINST, Tier.QUICK),
            new Node("judge", "judge", Stance.JUDGE, Tier.DEEP)),
        List.of(
            new Edge("bull", "bear", 2),
            new Edge("bull", "judge", 1),
            new Edge("bear", "judge", 1)));
  }

  /** A built-in graph by its {@link #id}; empty if there is none of it. */
  public static Optional<DebateGraph> builtIn(String id) {
    Matcher matcher = TRADING_AGENTS.matcher(id);
    if (matcher.matches()) {
      return Optional.of(
          tradingAgents(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }
    return id.equals("brief") ? Optional.of(brief()) : Optional.empty();
  }

  /** The turns of one debate. */
  public List<Turn> turns(long seed) {
    List<Node> seats = seats(id, nodes, edges);
    List<Node> speakers = new ArrayList<>();
    for (Node seat : seats) {
      List<Node> group =
          nodes.stream().filter(node -> node.group().equals(seat.group())).toList();
      long place = group.indexOf(seat) + Math.floorMod(seed, (long) group.size());
      speakers.add(group.get((int) (place % group.size())));
    }
    List<Turn> turns = new ArrayList<>();
    for (int k = 0; k < speakers.size(); k++) {
      String to = k + 1 < speakers.size() ? speakers.get(k + 1).id() : "desk";
      turns.add(new Turn(k + 1, speakers.get(k), to));
    }
    return List.copyOf(turns);
  }

  /** SHA-256 of all parts, in hex. */
  public String digest() {
    Fingerprint print = new Fingerprint().add(id).add((long) nodes.size());
    for (Node node : nodes) {
      print
          .add(node.id())
          .add(node.group())
          .add(node.stance().name())
          .add(node.tier().name());
    }
    for (Edge edge : edges) {
      print.add(edge.from()).add(edge.to()).add((long) edge.below());
    }
    return print.hex();
  }

  private static List<Node> seats(String id, List<Node> nodes, List<Edge> edges) {
    List<Node> seats = new ArrayList<>();
    Map<String, Integer> spoken = new HashMap<>();
    Optional<Node> next = Optional.of(nodes.get(0));
    while (next.isPresent()) {
      Node node = next.get();
      if (seats.size() == MOST_TURNS) {
        throw bad("the graph " + id + " has more than " + MOST_TURNS + " turns");
      }
      seats.add(node);
      spoken.merge(node.group(), 1, Integer::sum);
      next = edges.stream()
          .filter(edge -> edge.from().equals(node.id()))
          .filter(edge -> spoken.getOrDefault(node(nodes, edge.to()).group(), 0) < edge.below())
          .findFirst()
          .map(edge -> node(nodes, edge.to()));
    }
    return seats;
  }

  private static Node node(List<Node> nodes, String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }
}
