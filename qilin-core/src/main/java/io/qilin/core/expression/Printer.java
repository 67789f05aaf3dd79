package io.qilin.core.expression;

import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a tree in the one form that all expressions of equal meaning share, as far as parsing decides it: operators
 * between their operands where they have such a form, no bracket too many, no space, shortest numbers.
 */
final class Printer {
  private static final int TIGHTEST = 9;

  private final StringBuilder out = new StringBuilder();

  private Printer() {}

  static String print(Node node) {
    Printer printer = new Printer();
    printer.node(node);
    return printer.out.toString();
  }

  private void node(Node node) {
    if (node instanceof Node.Constant constant) {
      out.append(number(constant));
    } else if (node instanceof Node.FieldValue value) {
      out.append(value.field());
    } else if (node instanceof Node.Elsewhere elsewhere) {
      out.append("ChangeInstrument('").append(name(elsewhere.instrument())).append("',");
      node(elsewhere.operands().get(0));
      out.append(')');
    } else if (node instanceof Node.Custom custom) {
      call(custom.name(), custom.operands(), custom.parameters());
    } else if (node instanceof Node.Operation operation) {
      operation(operation);
    }
  }

  private void operation(Node.Operation operation) {
    if (operation.operator() == Operator.NEGATE) {
      out.append('-');
      bracketed(operation.operands().get(0), Operator.NEGATE.precedence() + 1);
    } else if (operation.operator().infix().isPresent()) {
      infix(operation);
    } else {
      call(operation.operator().functionName(), operation.operands(), operation.parameters());
    }
  }

  private void call(String name, List<Node> operands, List<Node.Constant> parameters) {
    out.append(name);
    char separator = '(';
    for (Node operand : operands) {
      out.append(separator);
      node(operand);
      separator = ',';
    }
    for (Node.Constant parameter : parameters) {
      out.append(separator).append(number(parameter));
    }
    out.append(')');
  }

  /** A chain that leans to the left is printed in a loop, so that a long one needs no deep stack. */
  private void infix(Node.Operation last) {
    Deque<Node.Operation> chain = new ArrayDeque<>();
    Node first = last;
    int need = 0;
    while (precedence(first) >= need && asInfix(first).isPresent()) {
      Node.Operation operation = asInfix(first).orElseThrow();
      chain.push(operation);
      need = leftNeed(operation.operator());
      first = operation.operands().get(0);
    }
    bracketed(first, need);
    for (Node.Operation operation : chain) {
      Operator operator = operation.operator();
      out.append(operator.infix().orElseThrow());
      bracketed(operation.operands().get(1), rightNeed(operator));
    }
  }

  private static Optional<Node.Operation> asInfix(Node node) {
    boolean infix = node instanceof Node.Operation o && o.operator().infix().isPresent();
    return infix ? Optional.of((Node.Operation) node) : Optional.empty();
  }

  private static int leftNeed(Operator operator) {
    boolean joinsNoLeft = operator.isComparison() || operator == Operator.POWER;
    return operator.precedence() + (joinsNoLeft ? 1 : 0);
  }

  /** The exponent may carry a sign and may itself be a power. */
  private static int rightNeed(Operator operator) {
    return operator == Operator.POWER ? Operator.NEGATE.precedence() : operator.precedence() + 1;
  }

  private void bracketed(Node node, int need) {
    boolean brackets = precedence(node) < need;
    out.append(brackets ? "(" : "");
    node(node);
    out.append(brackets ? ")" : "");
  }

  private static int precedence(Node node) {
    if (node instanceof Node.Operation operation) {
      return operation.operator().precedence();
    }
    boolean signed = node instanceof Node.Constant constant && number(constant).startsWith("-");
    return signed ? Operator.NEGATE.precedence() : TIGHTEST;
  }

  /** The fewest digits that read back to the same double; the same text on every Java version. */
  private static String number(Node.Constant constant) {
    BigDecimal exact = new BigDecimal(constant.value());
    if (constant.isInteger()) {
      return exact.toPlainString();
    }
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == constant.value()) {
        break;
      }
    }
    String text = shortest.stripTrailingZeros().toString().toLowerCase(Locale.ROOT);
    String sign = constant.value() == 0 && 1 / constant.value() < 0 ? "-" : "";
    boolean looksWhole = List.of(".", "e").stream().noneMatch(text::contains);
    return sign + text + (looksWhole ? ".0" : "");
  }

  private static String name(Symbol symbol) {
    String name = symbol.qlib();
    return Symbol.parseAny(name).equals(symbol) ? name : symbol.toString();
  }
}
