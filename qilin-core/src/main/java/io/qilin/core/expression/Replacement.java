package io.qilin.core.expression;

import io.qilin.api.error.QilinException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Builds a tree anew with other parts in some places, without recursion. What is not touched stays the same node. */
final class Replacement {
  private final Function<? super Node, Optional<Expression>> parts;
  private final Deque<Visit> todo = new ArrayDeque<>();
  private final Deque<Node> done = new ArrayDeque<>();

  private record Visit(Node node, boolean operandsDone) {}

  private Replacement(Function<? super Node, Optional<Expression>> parts) {
    this.parts = parts;
  }

  /** The tree with the parts for which there are others. */
  static Node of(Node root, Function<? super Node, Optional<Expression>> parts) {
    return new Replacement(parts).build(root);
  }

  private Node build(Node root) {
    todo.push(new Visit(root, false));
    while (!todo.isEmpty()) {
      Visit visit = todo.pop();
      if (visit.operandsDone()) {
        done.push(finish(visit.node()));
      } else {
        begin(visit.node());
      }
    }
    return done.pop();
  }

  private void begin(Node node) {
    Optional<Expression> other = parts.apply(node);
    if (other.isPresent()) {
      done.push(checked(node, other.get()));
    } else if (node.operands().isEmpty()) {
      done.push(node);
    } else {
      todo.push(new Visit(node, true));
      node.operands().forEach(operand -> todo.push(new Visit(operand, false)));
    }
  }

  /** A number may stand wherever another one stood; not so a boolean, or a cross-section, which Mask refuses. */
  private static Node checked(Node part, Expression other) {
    if (part.type() != ValueType.NUMBER || other.type() != ValueType.NUMBER) {
      throw QilinException.invalid("only numbers can be replaced, and only by numbers; " + part
          + " is " + part.type().words() + ", " + other + " is " + other.type().words());
    }
    if (other.isCrossSectional()) {
      throw QilinException.invalid(
          other + " cannot replace " + part + "; give a series that does not compare instruments");
    }
    return other.root();
  }

  private Node finish(Node node) {
    // Operands were pushed left to right, hence finished right to left: the left one is on top.
    Node[] operands = new Node[node.operands().size()];
    Arrays.setAll(operands, i -> done.pop());
    boolean same = true;
    for (int i = 0; i < operands.length; i++) {
      same &= operands[i] == node.operands().get(i);
    }
    return same ? node : with(node, new ArrayList<>(Arrays.asList(operands)));
  }

  private static Node with(Node node, List<Node> operands) {
    if (node instanceof Node.Operation operation) {
      return isSigned(operation, operands.get(0))
          ? operands.get(0).operands().get(0)
          : new Node.Operation(
              operation.operator(), operands, operation.parameters(), operation.type());
    }
    if (node instanceof Node.Custom custom) {
      return custom.with(operands);
    }
    return new Node.Elsewhere(((Node.Elsewhere) node).instrument(), operands.get(0));
  }

  /** Two signs are none, as when a text is read. */
  private static boolean isSigned(Node.Operation operation, Node operand) {
    return operation.operator() == Operator.NEGATE
        && operand instanceof Node.Operation inner
        && inner.operator() == Operator.NEGATE;
  }
}
