package io.qilin.core.expression;

import io.qilin.api.factor.FactorOperator;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A part of an expression's tree. Nodes are made by {@link Expression#parse} only, so every tree has been checked.
 * Immutable. {@code toString()} prints the part as an expression.
 */
public sealed interface Node {
  /** What its rows are. */
  ValueType type();

  /** The nodes that it is computed from, in order. */
  List<Node> operands();

  /** All nodes of the tree, operands before what they serve; what occurs twice comes twice. */
  static List<Node> postOrder(Node root) {
    List<Node> reversed = new ArrayList<>();
    Deque<Node> todo = new ArrayDeque<>();
    todo.push(root);
    while (!todo.isEmpty()) {
      Node node = todo.pop();
      reversed.add(node);
      node.operands().forEach(todo::push);
    }
    Collections.reverse(reversed);
    return reversed;
  }

  /** A number that is the same on every row. */
  final class Constant implements Node {
    private final double value;
    private final boolean integer;

    Constant(double value, boolean integer) {
      this.value = integer ? value + 0.0 : value;
      this.integer = integer;
    }

    /** The number; finite. */
    public double value() {
      return value;
    }

    /** Whether it was written without point and exponent, as a number of rows must be. */
    public boolean isInteger() {
      return integer;
    }

    @Override
    public ValueType type() {
      return ValueType.NUMBER;
    }

    @Override
    public List<Node> operands() {
      return List.of();
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A field of the panel. */
  final class FieldValue implements Node {
    private final Field field;

    FieldValue(Field field) {
      this.field = field;
    }

    /** The field. */
    public Field field() {
      return field;
    }

    @Override
    public ValueType type() {
      return ValueType.NUMBER;
    }

    @Override
    public List<Node> operands() {
      return List.of();
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** An operator with its operands. */
  final class Operation implements Node {
    private final Operator operator;
    private final List<Node> operands;
    private final List<Constant> parameters;
    private final ValueType type;

    Operation(Operator operator, List<Node> operands, List<Constant> parameters, ValueType type) {
      this.operator = operator;
      this.operands = List.copyOf(operands);
      this.parameters = List.copyOf(parameters);
      this.type = type;
    }

    /** The operator. */
    public Operator operator() {
      return operator;
    }

    @Override
    public List<Node> operands() {
      return operands;
    }

    /** The constants after the operands: the window, the level of a quantile, the size of a cross-section. */
    public List<Constant> parameters() {
      return parameters;
    }

    @Override
    public ValueType type() {
      return type;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** An operator that the host added, with its operands. */
  final class Custom implements Node {
    private final FactorOperator operator;
    private final String name;
    private final List<Node> operands;
    private final List<Constant> parameters;
    private final int rows;
    private final int lookAhead;

    Custom(
        FactorOperators.Entry entry,
        List<Node> operands,
        List<Constant> parameters,
        int rows,
        int lookAhead) {
      this.operator = entry.operator();
      this.name = entry.name();
      this.operands = List.copyOf(operands);
      this.parameters = List.copyOf(parameters);
      this.rows = rows;
      this.lookAhead = lookAhead;
    }

    /** The same operator over other operands. */
    Custom with(List<Node> others) {
      var entry = new FactorOperators.Entry(name, operands.size(), parameters.size(), operator);
      return new Custom(entry, others, parameters, rows, lookAhead);
    }

    /** The operator. */
    public FactorOperator operator() {
      return operator;
    }

    /** The name by which it is called. */
    public String name() {
      return name;
    }

    @Override
    public List<Node> operands() {
      return operands;
    }

    /** The constants after the operands. */
    public List<Constant> parameters() {
      return parameters;
    }

    /** Rows of the window, those of the look-ahead among them. */
    public int rows() {
      return rows;
    }

    /** How many rows after its own it reads. */
    public int lookAhead() {
      return lookAhead;
    }

    @Override
    public ValueType type() {
      return ValueType.NUMBER;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A part that is computed on another instrument: {@code ChangeInstrument('SH000300',x)}, in Qlib also Mask. */
  final class Elsewhere implements Node {
    private final Symbol instrument;
    private final Node operand;

    Elsewhere(Symbol instrument, Node operand) {
      this.instrument = instrument;
      this.operand = operand;
    }

    /** The instrument. */
    public Symbol instrument() {
      return instrument;
    }

    @Override
    public ValueType type() {
      return operand.type();
    }

    @Override
    public List<Node> operands() {
      return List.of(operand);
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }
}
