package io.qilin.core.expression;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads tokens into a checked tree by precedence climbing. Precedence is Python's, as Qlib hands expressions to Python:
 * {@code **}, sign, {@code * /}, {@code + -}, {@code &}, {@code |}, comparisons. Chains of operators are read in a loop;
 * the stack grows with brackets, calls and exponents only, which are counted.
 */
final class Parser {
  /** The methods of pandas' rolling windows that are operators of the language. */
  private static final Map<String, Operator> ROLLING_FUNCTIONS = Map.of(
      "count", Operator.COUNT,
      "sum", Operator.SUM,
      "mean", Operator.MEAN,
      "median", Operator.MED,
      "var", Operator.VAR,
      "std", Operator.STD,
      "min", Operator.MIN,
      "max", Operator.MAX,
      "skew", Operator.SKEW,
      "kurt", Operator.KURT);

  private final Lexer tokens;
  private final Fault fault;
  private final Checker checker;
  private final Vocabulary words;
  private final int maxDepth;
  private int at;
  private int depth;

  private Parser(String text, ExpressionLimits limits, FactorOperators custom) {
    this.tokens = Lexer.of(text);
    this.fault = new Fault(text);
    this.checker = new Checker(fault, limits);
    this.words = new Vocabulary(custom);
    this.maxDepth = limits.maxDepth();
  }

  /** A call's argument: a part of the expression or a text in quotes. */
  private record Argument(int position, Optional<Node> node, String text) {}

  static Node parse(String text, ExpressionLimits limits, FactorOperators custom) {
    Parser parser = new Parser(text, limits, custom);
    if (parser.peek().kind() == Token.Kind.END) {
      throw parser.fault.syntax(
          0, "the expression is empty", "write for example Mean($close,5)/$close");
    }
    Node root = parser.binary(1);
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw parser.trailing(rest);
    }
    if (root instanceof Node.Constant) {
      throw parser.fault.type(
          0, "a constant alone is no expression", "read at least one field, for example $close");
    }
    return root;
  }

  private Node binary(int loosest) {
    Node left = unary();
    Optional<Operator> operator = infixHere(loosest);
    while (operator.isPresent()) {
      Token sign = take();
      Node right = binary(operator.get().precedence() + 1);
      left = checker.infix(operator.get(), left, right, sign.position());
      Token next = peek();
      if (operator.get().isComparison()
          && infixHere(1).filter(Operator::isComparison).isPresent()) {
        throw fault.syntax(
            next.position(), "comparisons cannot be chained", "write ($a < $b) & ($b < $c)");
      }
      operator = infixHere(loosest);
    }
    return left;
  }

  /** The operator at hand if it binds at least that tightly; {@code **} belongs to its base and is read there. */
  private Optional<Operator> infixHere(int loosest) {
    Token token = peek();
    return token.kind() != Token.Kind.SYMBOL
        ? Optional.empty()
        : Operator.written(token.text())
            .filter(o -> o != Operator.POWER && o.precedence() >= loosest);
  }

  private Node unary() {
    int start = at;
    while (peek().is("-") || peek().is("+")) {
      at++;
    }
    int end = at;
    Node operand = power();
    for (int i = end - 1; i >= start; i--) {
      Token sign = tokens.get(i);
      if (sign.is("-")) {
        operand = checker.negate(operand, sign.position());
      } else if (!(operand instanceof Node.Constant)) {
        throw fault.type(sign.position(), "a + without a left side", "leave it out");
      }
    }
    return operand;
  }

  private Node power() {
    Node base = primary();
    if (!peek().is("**")) {
      return base;
    }
    Token sign = take();
    enter(sign);
    Node exponent = unary();
    depth--;
    return checker.infix(Operator.POWER, base, exponent, sign.position());
  }

  private Node primary() {
    Token token = take();
    return switch (token.kind()) {
      case NUMBER -> checker.number(token);
      case FIELD -> checker.field(token);
      case NAME -> {
        if (!peek().is("(")) {
          throw new UnknownName(fault, words).refuse(token, false);
        }
        yield call(token);
      }
      case SYMBOL -> {
        if (!token.is("(")) {
          throw fault.syntax(
              token.position(),
              "a value is missing before " + token.words(),
              "write for example $close");
        }
        enter(token);
        Node inner = binary(1);
        close(token);
        yield inner;
      }
      case STRING ->
        throw fault.type(
            token.position(),
            "a text in quotes is no value",
            "quotes are for Mask, ChangeInstrument and Rolling only; a field is written $close");
      case END ->
        throw fault.syntax(
            token.position(), "the expression ends too early", "a value is missing at the end");
    };
  }

  private void enter(Token token) {
    if (++depth > maxDepth) {
      throw fault.limit(
          token.position(),
          "brackets, calls and exponents are nested more than " + maxDepth + " deep",
          "split the expression into several factors");
    }
  }

  private void close(Token opening) {
    Token token = take();
    depth--;
    if (token.kind() == Token.Kind.END) {
      throw fault.syntax(
          opening.position(), "a bracket is never closed", "add ) where its content ends");
    }
    if (!token.is(")")) {
      throw fault.syntax(
          token.position(),
          "expected ) or an operator, found " + token.words(),
          "close the bracket");
    }
  }

  private Node call(Token name) {
    Token opening = take();
    enter(opening);
    boolean rolling = name.text().equals(Vocabulary.ROLLING);
    boolean elsewhere = Vocabulary.isElsewhere(name.text());
    Optional<Operator> operator = Operator.named(name.text());
    Optional<FactorOperators.Entry> custom = words.custom().entry(name.text());
    if (operator.isEmpty() && custom.isEmpty() && !elsewhere && !rolling) {
      throw new UnknownName(fault, words).refuse(name, true);
    }
    List<Argument> arguments = arguments(opening);
    if (elsewhere) {
      return onInstrument(name, arguments);
    }
    if (custom.isPresent()) {
      return custom(custom.get(), name, arguments);
    }
    return rolling ? rolling(name, arguments) : apply(operator.orElseThrow(), name, arguments);
  }

  private List<Argument> arguments(Token opening) {
    List<Argument> arguments = new ArrayList<>();
    if (peek().is(")")) {
      close(opening);
      return arguments;
    }
    arguments.add(argument());
    while (peek().is(",")) {
      at++;
      arguments.add(argument());
    }
    close(opening);
    return arguments;
  }

  private Argument argument() {
    Token token = peek();
    if (token.kind() == Token.Kind.STRING) {
      at++;
      return new Argument(token.position(), Optional.empty(), token.text());
    }
    return new Argument(token.position(), Optional.of(binary(1)), "");
  }

  private Node apply(Operator operator, Token name, List<Argument> arguments) {
    checkCount(name, arguments, operator.fewestArguments(), operator.mostArguments());
    List<Node> operands = new ArrayList<>();
    List<Node.Constant> constants = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      Node node = argument.node().orElseThrow(() -> quoted(name, argument));
      Parameter parameter = operator.parameter(i);
      if (parameter == Parameter.WINDOW) {
        constants.add(checker.window(operator, node, argument.position()));
      } else if (parameter.isConstant()) {
        constants.add(checker.constant(operator, parameter, node, argument.position()));
      } else {
        operands.add(node);
      }
    }
    return checker.operation(operator, operands, constants, name.position());
  }

  private Node custom(FactorOperators.Entry operator, Token name, List<Argument> arguments) {
    checkCount(name, arguments, operator.arguments(), operator.arguments());
    List<Node> nodes = new ArrayList<>();
    for (Argument argument : arguments) {
      nodes.add(argument.node().orElseThrow(() -> quoted(name, argument)));
    }
    return checker.custom(operator, nodes, name.position());
  }

  private Node rolling(Token name, List<Argument> arguments) {
    checkCount(name, arguments, 3, 3);
    Argument function = arguments.get(2);
    Operator operator = ROLLING_FUNCTIONS.get(function.text());
    if (operator == null) {
      throw fault.type(
          function.position(),
          "Rolling does not know this function",
          NearestName.of(function.text(), functions())
              .map(nearest -> "did you mean '" + nearest + "'?")
              .orElse("use one of " + String.join(" ", functions()) + " in quotes"));
    }
    return apply(operator, name, arguments.subList(0, 2));
  }

  private static List<String> functions() {
    return ROLLING_FUNCTIONS.keySet().stream().sorted().toList();
  }

  private Node onInstrument(Token name, List<Argument> arguments) {
    checkCount(name, arguments, 2, 2);
    int place = name.text().equals("Mask") ? 1 : 0;
    Argument instrument = arguments.get(place);
    Argument operand = arguments.get(1 - place);
    if (instrument.node().isPresent() || operand.node().isEmpty()) {
      throw fault.type(
          instrument.position(),
          name.text() + " needs an instrument in quotes",
          "the signature is " + words.signature(name.text()));
    }
    return checker.elsewhere(symbol(instrument), operand.node().get(), name.position());
  }

  private Symbol symbol(Argument instrument) {
    try {
      return Symbol.parseAny(instrument.text());
    } catch (QilinException notASymbol) {
      throw fault.type(
          instrument.position(),
          "no instrument has such a name",
          "write it as 'SH600000' or '600000.SH'",
          notASymbol);
    }
  }

  private ExpressionException quoted(Token name, Argument argument) {
    return fault.type(
        argument.position(),
        name.text() + " takes no text in quotes",
        "the signature is " + words.signature(name.text()));
  }

  private void checkCount(Token name, List<Argument> arguments, int fewest, int most) {
    if (arguments.size() < fewest || arguments.size() > most) {
      throw fault.type(
          name.position(),
          String.format(
              Locale.ROOT,
              "%s takes %s argument%s, not %d",
              name.text(),
              fewest == most ? fewest : fewest + " to " + most,
              most == 1 ? "" : "s",
              arguments.size()),
          "the signature is " + words.signature(name.text()));
    }
  }

  private ExpressionException trailing(Token token) {
    if (token.is(")")) {
      return fault.syntax(
          token.position(), "a ) without its (", "take it away or open the bracket");
    }
    String hint = switch (token.text()) {
      case "and" -> "write (a) & (b)";
      case "or" -> "write (a) | (b)";
      default -> "join the two parts, for example with +";
    };
    return fault.syntax(token.position(), "expected an operator, found " + token.words(), hint);
  }

  private Token peek() {
    return tokens.get(at);
  }

  /** The token at hand; the end is never passed. */
  private Token take() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }
}
