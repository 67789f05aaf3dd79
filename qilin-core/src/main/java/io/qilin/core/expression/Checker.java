package io.qilin.core.expression;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Locale;

/** Makes nodes of operators and operands, and refuses what does not fit. */
final class Checker {
  private final Fault fault;
  private final ExpressionLimits limits;
  private int nodes;

  Checker(Fault fault, ExpressionLimits limits) {
    this.fault = fault;
    this.limits = limits;
  }

  Node field(Token token) {
    count(token.position());
    return new Node.FieldValue(Field.of(token.text()));
  }

  Node.Constant number(Token token) {
    count(token.position());
    double value = Double.parseDouble(token.text());
    return constant(value, isWhole(token.text()), token.position());
  }

  private static boolean isWhole(String number) {
    for (int i = 0; i < number.length(); i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  Node elsewhere(Symbol instrument, Node operand, int position) {
    count(position);
    if (operand instanceof Node.Constant) {
      throw fault.type(
          position, "a constant is the same on every instrument", "use the constant itself");
    }
    for (Node part : Node.postOrder(operand)) {
      if (part instanceof Node.Operation o && o.operator().isCrossSectional()) {
        throw fault.type(
            position,
            o.operator().functionName() + " compares all instruments and cannot stand in Mask or"
                + " ChangeInstrument",
            "let Mask or ChangeInstrument stand around the fields that it reads");
      }
    }
    return new Node.Elsewhere(instrument, operand);
  }

  /** A sign before an operand. */
  Node negate(Node operand, int position) {
    count(position);
    if (operand instanceof Node.Constant c) {
      return constant(-c.value(), c.isInteger(), position);
    }
    if (operand.type() == ValueType.BOOLEAN) {
      throw fault.type(position, "a boolean has no sign", "for its opposite write Not(...)");
    }
    if (operand instanceof Node.Operation o && o.operator() == Operator.NEGATE) {
      return o.operands().get(0);
    }
    return new Node.Operation(Operator.NEGATE, List.of(operand), List.of(), ValueType.NUMBER);
  }

  /** An operator between two operands. */
  Node infix(Operator operator, Node left, Node right, int position) {
    if (left instanceof Node.Constant a && right instanceof Node.Constant b) {
      return fold(operator, a, b, position);
    }
    return operation(operator, List.of(left, right), List.of(), position);
  }

  /** An operator with operands that have the right number and are checked here for their types. */
  Node operation(
      Operator operator, List<Node> operands, List<Node.Constant> parameters, int position) {
    count(position);
    boolean constant = true;
    for (int i = 0; i < operands.size(); i++) {
      checkOperand(operator, operator.parameter(i), operands.get(i), position);
      constant &= operands.get(i) instanceof Node.Constant;
    }
    if (constant) {
      throw fault.type(
          position,
          operator.functionName() + " of constants only",
          "at least one operand must be a series, for example $close");
    }
    return typed(operator, operands, parameters, position);
  }

  private void checkOperand(Operator operator, Parameter expected, Node operand, int position) {
    boolean constant = operand instanceof Node.Constant;
    ValueType type = operand.type();
    switch (expected) {
      case SERIES, EXPOSURE, EXPOSURES -> {
        if (constant) {
          throw fault.type(
              position,
              operator.functionName() + " needs a series where it has the constant " + operand,
              "the signature is " + operator.signature());
        }
      }
      case TRUTH -> {
        if (!type.isTruth()) {
          throw notTrue(operator, operand, position);
        }
      }
      case BOOLEAN -> {
        if (type != ValueType.BOOLEAN) {
          throw notTrue(operator, operand, position);
        }
      }
      default -> {}
    }
  }

  private ExpressionException notTrue(Operator operator, Node operand, int position) {
    String name = operator.infix().orElse(operator.functionName());
    String hint = operand.type() == ValueType.SHIFTED_BOOLEAN
        ? "compare it: Ref(b, N) > 0"
        : operator == Operator.NOT
            ? "compare it, for example Not($close > $open)"
            : "comparisons bind looser than & and |: write ($close > $open) & ($volume > 0)";
    return fault.type(
        position,
        name + " needs a boolean, but one operand is " + operand.type().words(),
        hint);
  }

  /** Qlib's booleans are NumPy's: + is "or", * is "and", - is refused. */
  private Node typed(
      Operator operator, List<Node> operands, List<Node.Constant> parameters, int position) {
    boolean booleans = true;
    for (int i = operator == Operator.IF ? 1 : 0; i < operands.size(); i++) {
      booleans &= operands.get(i).type() == ValueType.BOOLEAN;
    }
    if (booleans && operator == Operator.SUB) {
      throw fault.type(
          position,
          "booleans cannot be subtracted",
          "multiply one of them by 1 to make it a number");
    }
    Operator meant = !booleans
        ? operator
        : operator == Operator.ADD
            ? Operator.OR
            : operator == Operator.MUL ? Operator.AND : operator;
    return new Node.Operation(
        meant, operands, parameters, type(meant, operands, parameters, booleans));
  }

  private static ValueType type(
      Operator operator, List<Node> operands, List<Node.Constant> parameters, boolean booleans) {
    return switch (operator) {
      case GT, GE, LT, LE, EQ, NE, AND, OR, NOT -> ValueType.BOOLEAN;
      case ABS, GREATER, LESS, IF -> booleans ? ValueType.BOOLEAN : ValueType.NUMBER;
      case REF -> {
        ValueType moved = operands.get(0).type();
        boolean inPlace = parameters.get(0).value() == 0 || !moved.isTruth();
        yield inPlace ? moved : ValueType.SHIFTED_BOOLEAN;
      }
      default -> ValueType.NUMBER;
    };
  }

  /** Python computes constants first: whole numbers stay whole, but for a quotient. */
  private Node.Constant fold(Operator operator, Node.Constant a, Node.Constant b, int position) {
    count(position);
    boolean whole = a.isInteger() && b.isInteger();
    return switch (operator) {
      case ADD -> constant(a.value() + b.value(), whole, position);
      case SUB -> constant(a.value() - b.value(), whole, position);
      case MUL -> constant(a.value() * b.value(), whole, position);
      case DIV -> constant(a.value() / b.value(), false, position);
      case POWER ->
        constant(StrictMath.pow(a.value(), b.value()), whole && b.value() >= 0, position);
      default ->
        throw fault.type(
            position,
            "a comparison of constants",
            "at least one side must be a series, for example $close");
    };
  }

  private Node.Constant constant(double value, boolean integer, int position) {
    if (!Double.isFinite(value)) {
      throw fault.type(
          position, "a constant is not a finite number", "constants reach from 1e-308 to 1e308");
    }
    return new Node.Constant(value, integer);
  }

  /** A number of rows, within the rule of the operator and the limits. */
  Node.Constant window(Operator operator, Node node, int position) {
    if (!(node instanceof Node.Constant n)) {
      throw fault.type(
          position,
          "the window N of " + operator.functionName() + " must be a constant",
          windowHint(operator));
    }
    operator.windowRule().problem(n).ifPresent(problem -> {
      throw fault.type(position, operator.functionName() + " cannot use N = " + clip(n), problem);
    });
    if (Math.abs(n.value()) > limits.maxWindow()) {
      throw fault.limit(
          position,
          "N = " + clip(n) + " is more than the limit of " + limits.maxWindow() + " rows",
          "use a shorter window, or 0 for all rows so far where the operator knows it");
    }
    return n;
  }

  private static String windowHint(Operator operator) {
    return switch (operator) {
      case MAX -> "Max(x, N) runs over N rows; for the larger of two values write Greater(a, b)";
      case MIN -> "Min(x, N) runs over N rows; for the smaller of two values write Less(a, b)";
      default -> "the signature is " + operator.signature();
    };
  }

  /** A constant that is no window. */
  Node.Constant constant(Operator operator, Parameter parameter, Node node, int position) {
    if (node instanceof Node.Constant c && parameter.accepts(c)) {
      return c;
    }
    String rule = String.format(Locale.ROOT, parameter.rule(), operator.functionName());
    throw fault.type(position, rule, "the signature is " + operator.signature());
  }

  /** An operator of the host, with as many arguments as it takes. */
  Node custom(FactorOperators.Entry entry, List<Node> arguments, int position) {
    count(position);
    return new CustomCheck(fault, limits, entry, position).node(arguments);
  }

  private static String clip(Node.Constant n) {
    String text = n.toString();
    return text.length() > 24 ? text.substring(0, 24) + "…" : text;
  }

  private void count(int position) {
    if (++nodes > limits.maxNodes()) {
      throw fault.limit(
          position,
          "the expression has more than " + limits.maxNodes() + " fields, constants and operations",
          "split it into several factors");
    }
  }
}
