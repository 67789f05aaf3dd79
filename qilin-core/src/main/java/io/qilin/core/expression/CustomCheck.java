package io.qilin.core.expression;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;

/** Makes the node of an operator of the host's, and refuses arguments that it or the language cannot use. */
record CustomCheck(
    Fault fault, ExpressionLimits limits, FactorOperators.Entry entry, int position) {
  Node node(List<Node> arguments) {
    List<Node> operands = arguments.subList(0, entry.operands());
    for (Node operand : operands) {
      if (operand instanceof Node.Constant) {
        throw refused(entry.name() + " needs a series where it has the constant " + operand);
      }
    }
    List<Node.Constant> parameters = new ArrayList<>();
    for (Node argument : arguments.subList(entry.operands(), arguments.size())) {
      if (!(argument instanceof Node.Constant constant)) {
        throw refused(entry.name() + " needs a constant as each of its last " + entry.parameters()
            + " arguments");
      }
      parameters.add(constant);
    }
    return reaching(operands, parameters);
  }

  private Node reaching(List<Node> operands, List<Node.Constant> parameters) {
    int ahead;
    long rows;
    double cost;
    try {
      entry.operator().check(numbers(parameters));
      rows = entry.operator().rows(numbers(parameters));
      ahead = entry.operator().lookAhead(numbers(parameters));
      cost = entry.operator().cost(numbers(parameters));
    } catch (QilinException e) {
      throw fault.type(
          position,
          entry.name() + " refuses its constants: " + QilinException.quote(text(e)),
          "the signature is " + entry.signature(),
          e);
    } catch (RuntimeException e) {
      throw broken("failed on its constants: " + QilinException.quote(e.toString()));
    }
    if (ahead < 0 || rows < ahead + 1L) {
      throw broken("declares a window of " + rows + " rows with " + ahead + " of them ahead");
    }
    if (!(cost >= 0) || Double.isInfinite(cost)) {
      throw broken("declares a cost of " + cost + " ns");
    }
    if (rows > limits.maxWindow()) {
      throw fault.limit(
          position,
          "the window of " + entry.name() + " has " + rows + " rows, the limit is "
              + limits.maxWindow(),
          "use constants that need a shorter window");
    }
    return new Node.Custom(entry, operands, parameters, (int) rows, ahead);
  }

  /** A fresh array for each call: what the operator does to it harms nobody. */
  private static double[] numbers(List<Node.Constant> parameters) {
    return parameters.stream().mapToDouble(Node.Constant::value).toArray();
  }

  private static String text(QilinException e) {
    return String.valueOf(e.getMessage());
  }

  private ExpressionException refused(String what) {
    return fault.type(position, what, "the signature is " + entry.signature());
  }

  private ExpressionException broken(String what) {
    String type = entry.operator().getClass().getName();
    return fault.type(position, entry.name() + " " + what, "mend the class " + type);
  }
}
