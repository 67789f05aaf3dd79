package io.qilin.core.expression;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * A formula over the fields of a panel, in Qlib's language: {@code ($close-Mean($close,20))/Std($close,20)}.
 *
 * <ul>
 *   <li>{@code $close} is a field; case does not count. {@code Mean(x,5)} is one of the {@link Operator}s; case counts.
 *   <li>Between operands, from the tightest: {@code **}, sign, {@code * /}, {@code + -}, {@code &}, {@code |}, {@code >
 *       >= < <= == !=}. As in Python, comparisons bind loosest: bracket them before joining them by {@code &}.
 *   <li>{@code Mask(x,'SH600000')} and {@code ChangeInstrument('SH600000',x)} compute x on another instrument.
 *   <li>Spaces and tabs do not count. Everything else outside ASCII is refused, but for Chinese names of fields.
 * </ul>
 *
 * <p>Beyond Qlib a sign may stand before a series: {@code -$close}. Not taken over from Qlib: {@code $$fields}, {@code P},
 * {@code PRef}, {@code TResample}, and quotes or booleans as values.
 *
 * <p>A host can add operators of its own, see {@link FactorOperators}.
 *
 * <p>Text is only ever parsed, never executed. Immutable and safe to share; two expressions are equal if they print the
 * same text and mean the same operators by it.
 */
public final class Expression {
  private final Node root;
  private final Reach reach;
  private final Reads reads;

  private Expression(Node root) {
    List<Node> nodes = Node.postOrder(root);
    this.root = root;
    this.reach = Reach.of(nodes);
    this.reads = Reads.of(nodes);
  }

  /**
   * Reads an expression within {@link ExpressionLimits#DEFAULT}.
   *
   * @throws ExpressionException with the place of the first fault
   */
  public static Expression parse(String text) {
    return parse(text, ExpressionLimits.DEFAULT);
  }

  /**
   * Reads an expression.
   *
   * @throws ExpressionException with the place of the first fault; EXPRESSION_LIMIT if it is larger than the limits
   */
  public static Expression parse(String text, ExpressionLimits limits) {
    return parse(text, limits, FactorOperators.NONE);
  }

  /**
   * Reads an expression that may use the host's own operators.
   *
   * @throws ExpressionException with the place of the first fault; EXPRESSION_LIMIT if it is larger than the limits
   */
  public static Expression parse(String text, ExpressionLimits limits, FactorOperators operators) {
    Objects.requireNonNull(text, "text");
    if (text.length() > limits.maxLength()) {
      throw new Fault(text)
          .limit(
              limits.maxLength(),
              "the expression has " + text.length() + " characters, the limit is "
                  + limits.maxLength(),
              "split it into several factors");
    }
    return new Expression(Parser.parse(text, limits, operators));
  }

  /**
   * A part of an expression as one of its own.
   *
   * @param part from {@link #root} or below; what stands in Mask or ChangeInstrument is then read on each instrument itself
   * @throws QilinException INVALID_ARGUMENT for a constant, which is no series
   */
  public static Expression of(Node part) {
    if (part instanceof Node.Constant) {
      throw QilinException.invalid(
          "the constant " + part + " is no expression; take the part around it");
    }
    return new Expression(part);
  }

  /**
   * The expression with other parts in some places.
   *
   * @param parts what stands in place of a part, or empty to keep it and be asked for its operands; asked from the whole
   *     down to the fields. The results may go beyond the {@link ExpressionLimits} within which this one was read.
   * @throws QilinException INVALID_ARGUMENT if a part or what replaces it is a boolean, or if what replaces it compares
   *     instruments
   */
  public Expression replacing(Function<? super Node, Optional<Expression>> parts) {
    Node changed = Replacement.of(root, parts);
    return changed == root ? this : new Expression(changed);
  }

  /** The checked tree. */
  public Node root() {
    return root;
  }

  /** What the rows of the result are. */
  public ValueType type() {
    return root.type();
  }

  /**
   * How many rows before its own a value depends on; empty if on all of them, as with {@code EMA}, windows of 0, and
   * fractions. {@code Slope}, {@code Rsquare} and {@code Resi} count with their windows, although in Qlib one infinity
   * spoils all later rows: a host that keeps only so many rows must keep infinities out.
   */
  public OptionalInt lookBack() {
    return reach.back() == Reach.UNBOUNDED ? OptionalInt.empty() : OptionalInt.of(reach.back());
  }

  /** How many rows after its own a value depends on; above 0 it can be a label, never a factor. */
  public int lookAhead() {
    return reach.ahead();
  }

  /** Whether a value depends on other instruments of the same day. */
  public boolean isCrossSectional() {
    return Node.postOrder(root).stream()
        .anyMatch(node ->
            node instanceof Node.Operation operation && operation.operator().isCrossSectional());
  }

  /** The fields that it reads. */
  public SortedSet<Field> fields() {
    return reads.fields();
  }

  /** The instruments that it names. */
  public SortedSet<Symbol> instruments() {
    return reads.instruments();
  }

  /** The parts that read the future, in the order in which they stand; empty if {@link #lookAhead()} is 0. */
  public List<Node> futureReads() {
    return Node.postOrder(root).stream().filter(Expression::readsFuture).toList();
  }

  private static boolean readsFuture(Node node) {
    return node instanceof Node.Custom custom
        ? custom.lookAhead() > 0
        : node instanceof Node.Operation operation
            && operation.operator().isShift()
            && operation.parameters().get(0).value() < 0;
  }

  private static List<FactorOperator> custom(Node root) {
    return Node.postOrder(root).stream()
        .filter(Node.Custom.class::isInstance)
        .map(node -> ((Node.Custom) node).operator())
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression
        && toString().equals(expression.toString())
        && custom(root).equals(custom(expression.root));
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The expression without spaces and needless brackets; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return root.toString();
  }
}
