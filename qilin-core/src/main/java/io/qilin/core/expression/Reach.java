package io.qilin.core.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How far from its own row a value reads.
 *
 * @param back rows before, or {@link #UNBOUNDED}
 * @param ahead rows after
 */
record Reach(int back, int ahead) {
  static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final Reach HERE = new Reach(0, 0);

  /** How far the last of the nodes reads; operands come before what they serve, as {@link Node#postOrder} has them. */
  static Reach of(List<Node> nodes) {
    Deque<Reach> done = new ArrayDeque<>();
    for (Node node : nodes) {
      Reach widest = HERE;
      for (int i = 0; i < node.operands().size(); i++) {
        widest = widest.or(done.pop());
      }
      done.push(widest.and(own(node)));
    }
    return done.pop();
  }

  /** What the node itself adds. A shift to the past never makes up for one to the future. */
  private static Reach own(Node node) {
    if (node instanceof Node.Custom custom) {
      return new Reach(custom.rows() - 1 - custom.lookAhead(), custom.lookAhead());
    }
    return node instanceof Node.Operation operation ? own(operation) : HERE;
  }

  private static Reach own(Node.Operation operation) {
    double n =
        operation.parameters().isEmpty() ? 0 : operation.parameters().get(0).value();
    Operator operator = operation.operator();
    return new Reach(operator.lookBack(n).orElse(UNBOUNDED), operator.lookAhead(n));
  }

  private Reach or(Reach other) {
    return new Reach(Math.max(back, other.back), Math.max(ahead, other.ahead));
  }

  private Reach and(Reach other) {
    boolean unbounded = back == UNBOUNDED || other.back == UNBOUNDED;
    return new Reach(unbounded ? UNBOUNDED : back + other.back, ahead + other.ahead);
  }
}
