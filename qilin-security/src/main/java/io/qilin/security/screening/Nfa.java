package io.qilin.security.screening;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The automaton of a set of patterns before it is made deterministic (Thompson, Regular Expression Search Algorithm,
 * 1968). Symbols that no pattern tells apart are one class. Immutable.
 */
final class Nfa {
  private static final int[] NONE = {};

  /** The class of each symbol. */
  private final int[] classes;

  private final int classCount;
  private final List<Node> nodes;

  /** By node: the nodes reached without a symbol that read a symbol or accept. */
  private final int[][] closures;

  /** By class: what the class leads to from the start; a match may begin everywhere. */
  private final int[][] begins;

  private final int startNode;

  /** Reads classes and goes to one node, or to one node for each class, or branches, or accepts. */
  private static final class Node {
    private final long low;
    private final long high;
    private final int single;
    private final int[] targets;
    private final int[] branches;
    private final int rule;

    Node(int[] targets, int[] branches, int rule) {
      long lowMask = 0;
      long highMask = 0;
      int only = -1;
      boolean one = targets.length <= 128;
      for (int c = 0; c < targets.length && one; c++) {
        if (targets[c] >= 0) {
          one = only < 0 || only == targets[c];
          only = targets[c];
          lowMask |= c < 64 ? 1L << c : 0;
          highMask |= c < 64 ? 0 : 1L << (c - 64);
        }
      }
      boolean compact = one && only >= 0;
      this.low = lowMask;
      this.high = highMask;
      this.single = compact ? only : -1;
      this.targets = compact ? NONE : targets;
      this.branches = branches;
      this.rule = rule;
    }

    boolean reads() {
      return single >= 0 || targets.length > 0;
    }

    int target(int symbolClass) {
      if (single >= 0) {
        long mask = symbolClass < 64 ? low >>> symbolClass : high >>> (symbolClass - 64);
        return (mask & 1) != 0 ? single : -1;
      }
      return targets.length == 0 ? -1 : targets[symbolClass];
    }
  }

  private Nfa(int[] classes, int classCount, List<Node> nodes, int startNode) {
    this.classes = classes;
    this.classCount = classCount;
    this.nodes = nodes;
    this.startNode = startNode;
    this.closures = new int[nodes.size()][];
    int[] seenFrom = new int[nodes.size()];
    Arrays.fill(seenFrom, -1);
    for (int node = 0; node < nodes.size(); node++) {
      closures[node] = closure(node, seenFrom);
    }
    this.begins = new int[classCount][];
    for (int c = 0; c < classCount; c++) {
      BitSet reached = new BitSet();
      for (int node : closures[startNode]) {
        int target = nodes.get(node).target(c);
        if (target >= 0) {
          for (int each : closures[target]) {
            reached.set(each);
          }
        }
      }
      begins[c] = reached.stream().toArray();
    }
  }

  /** Builds the automaton of patterns; a match of the pattern at an index accepts that index. */
  static Nfa of(List<Pattern> patterns) {
    List<Pattern> all = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      all.add(Pattern.sequence(List.of(patterns.get(i), new Pattern.Accept(i))));
    }
    Pattern whole = Pattern.choice(all);
    int[] classes = classesOf(whole);
    int count = Arrays.stream(classes).max().orElse(0) + 1;
    Builder builder = new Builder(classes, count);
    int start = builder.add(whole, -1);
    return new Nfa(classes, count, builder.nodes, start);
  }

  int classOf(int symbol) {
    return classes[symbol];
  }

  int classCount() {
    return classCount;
  }

  int size() {
    return nodes.size();
  }

  /** What stands before the first symbol. */
  int[] start() {
    return closures[startNode].clone();
  }

  /** The nodes after a symbol of the class, in ascending order; a new match may begin with it. */
  int[] step(int[] from, int symbolClass, Scratch scratch) {
    scratch.clear();
    scratch.addAll(begins[symbolClass]);
    for (int node : from) {
      int target = nodes.get(node).target(symbolClass);
      if (target >= 0) {
        scratch.addAll(closures[target]);
      }
    }
    return scratch.sorted();
  }

  /** A set of nodes that is emptied without touching all of it. For one thread. */
  static final class Scratch {
    private final int[] marks;
    private final int[] members;
    private int round;
    private int count;

    Scratch(int size) {
      marks = new int[size];
      members = new int[size];
    }

    void clear() {
      if (round == Integer.MAX_VALUE) {
        Arrays.fill(marks, 0);
        round = 0;
      }
      round++;
      count = 0;
    }

    void addAll(int[] nodes) {
      for (int node : nodes) {
        if (marks[node] != round) {
          marks[node] = round;
          members[count++] = node;
        }
      }
    }

    int[] sorted() {
      int[] result = Arrays.copyOf(members, count);
      Arrays.sort(result);
      return result;
    }
  }

  /** The patterns that end here, in ascending order. */
  int[] accepted(int[] at) {
    BitSet rules = new BitSet();
    for (int node : at) {
      if (nodes.get(node).rule >= 0) {
        rules.set(nodes.get(node).rule);
      }
    }
    return rules.isEmpty() ? NONE : rules.stream().toArray();
  }

  /** One array for all closures says from which start a node was last seen, so none has to be cleared. */
  private int[] closure(int start, int[] seenFrom) {
    int[] reached = new int[4];
    int count = 0;
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (seenFrom[node] == start) {
        continue;
      }
      seenFrom[node] = start;
      Node at = nodes.get(node);
      if (at.reads() || at.rule >= 0) {
        if (count == reached.length) {
          reached = Arrays.copyOf(reached, 2 * count);
        }
        reached[count++] = node;
      }
      for (int branch : at.branches) {
        open.push(branch);
      }
    }
    int[] sorted = Arrays.copyOf(reached, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static int[] classesOf(Pattern whole) {
    List<BitSet> sets = new ArrayList<>();
    collect(whole, sets);
    List<BitSet> distinct = sets.stream().distinct().toList();
    Map<BitSet, Integer> known = new HashMap<>();
    int[] classes = new int[Symbol.COUNT];
    for (int symbol = 0; symbol < Symbol.COUNT; symbol++) {
      BitSet signature = new BitSet();
      for (int i = 0; i < distinct.size(); i++) {
        signature.set(i, distinct.get(i).get(symbol));
      }
      classes[symbol] = known.computeIfAbsent(signature, key -> known.size());
    }
    return classes;
  }

  private static void collect(Pattern pattern, List<BitSet> sets) {
    if (pattern instanceof Pattern.Symbols symbols) {
      sets.add(symbols.set());
    } else if (pattern instanceof Pattern.Sequence sequence) {
      sequence.parts().forEach(part -> collect(part, sets));
    } else if (pattern instanceof Pattern.Choice choice) {
      choice.choices().forEach(each -> collect(each, sets));
    } else if (pattern instanceof Pattern.Repeat repeat) {
      collect(repeat.part(), sets);
    }
  }

  private static final class Builder {
    private final int[] classes;
    private final int classCount;
    private final List<Node> nodes = new ArrayList<>();

    Builder(int[] classes, int classCount) {
      this.classes = classes;
      this.classCount = classCount;
    }

    private int node(Node node) {
      nodes.add(node);
      return nodes.size() - 1;
    }

    /** Adds the nodes of a pattern that go on to a node, and returns the first of them. */
    int add(Pattern pattern, int next) {
      if (pattern instanceof Pattern.Accept accept) {
        return node(new Node(NONE, NONE, accept.rule()));
      }
      if (pattern instanceof Pattern.Symbols symbols) {
        int[] targets = noTargets();
        read(targets, symbols.set(), next);
        return node(new Node(targets, NONE, -1));
      }
      if (pattern instanceof Pattern.Sequence sequence) {
        int to = next;
        for (int i = sequence.parts().size() - 1; i >= 0; i--) {
          to = add(sequence.parts().get(i), to);
        }
        return to < 0 ? node(new Node(NONE, NONE, -1)) : to;
      }
      if (pattern instanceof Pattern.Choice choice) {
        return choice(choice.choices(), next);
      }
      return repeat((Pattern.Repeat) pattern, next);
    }

    private int repeat(Pattern.Repeat repeat, int next) {
      int to = next;
      if (repeat.max() < 0) {
        int loop = node(new Node(NONE, NONE, -1));
        int body = add(repeat.part(), loop);
        nodes.set(loop, new Node(NONE, new int[] {body, next}, -1));
        to = loop;
      } else {
        for (int i = repeat.min(); i < repeat.max(); i++) {
          int body = add(repeat.part(), to);
          to = node(new Node(NONE, new int[] {body, next}, -1));
        }
      }
      for (int i = 0; i < repeat.min(); i++) {
        to = add(repeat.part(), to);
      }
      return to;
    }

    /** Choices that begin with sets apart from each other share one node. */
    private int choice(List<Pattern> choices, int next) {
      BitSet taken = new BitSet();
      int[] shared = noTargets();
      List<Integer> branches = new ArrayList<>();
      for (Pattern each : choices) {
        BitSet head = head(each);
        if (head == null || taken.intersects(head)) {
          branches.add(add(each, next));
        } else {
          taken.or(head);
          read(
              shared,
              head,
              each instanceof Pattern.Sequence sequence
                  ? add(
                      Pattern.sequence(
                          sequence.parts().subList(1, sequence.parts().size())),
                      next)
                  : next);
        }
      }
      if (!taken.isEmpty()) {
        branches.add(node(new Node(shared, NONE, -1)));
      }
      return branches.size() == 1
          ? branches.get(0)
          : node(new Node(NONE, branches.stream().mapToInt(Integer::intValue).toArray(), -1));
    }

    private static @Nullable BitSet head(Pattern pattern) {
      if (pattern instanceof Pattern.Symbols symbols) {
        return symbols.set();
      }
      return pattern instanceof Pattern.Sequence sequence
              && !sequence.parts().isEmpty()
              && sequence.parts().get(0) instanceof Pattern.Symbols symbols
          ? symbols.set()
          : null;
    }

    private int[] noTargets() {
      int[] targets = new int[classCount];
      Arrays.fill(targets, -1);
      return targets;
    }

    private void read(int[] targets, BitSet set, int to) {
      for (int symbol = set.nextSetBit(0); symbol >= 0; symbol = set.nextSetBit(symbol + 1)) {
        targets[classes[symbol]] = to;
      }
    }
  }
}
