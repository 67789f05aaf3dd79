package io.qilin.core.expression;

import static io.qilin.core.expression.Parameter.BOOLEAN;
import static io.qilin.core.expression.Parameter.LEVEL;
import static io.qilin.core.expression.Parameter.PARTS;
import static io.qilin.core.expression.Parameter.POSITIVE;
import static io.qilin.core.expression.Parameter.SERIES;
import static io.qilin.core.expression.Parameter.TAIL;
import static io.qilin.core.expression.Parameter.TRUTH;
import static io.qilin.core.expression.Parameter.VALUE;
import static io.qilin.core.expression.Parameter.WINDOW;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The operators of the language, one row each: name, form between its operands if it has one, signature, windows that
 *
 * <p>Windows count rows, that is trading days of the instrument's span whether it traded or not. A rolling operator has
 * a value as soon as its window holds one valid row, unless the formula needs more. Valid is neither {@code NaN} nor
 * infinite.
 *
 * <p>The operators that begin with {@code CS} read one day of all instruments that have a row on it. Those without a valid
 * value, or without a valid value of some other operand, are left out and get {@code NaN}.
 */
public enum Operator {
  /** The series with its sign turned; Qlib has no such operator. */
  NEGATE("-", "-x", List.of(VALUE), WindowRule.NONE, 6),
  /** Absolute value. */
  ABS("Abs", "Abs(x)", List.of(SERIES), WindowRule.NONE),
  /** Natural logarithm; 0 gives -∞, a negative number {@code NaN}. */
  LOG("Log", "Log(x)", List.of(SERIES), WindowRule.NONE),
  /** -1, 0 or 1 of the value rounded to a float; {@code NaN} stays. */
  SIGN("Sign", "Sign(x)", List.of(SERIES), WindowRule.NONE),
  /** True where the boolean is false. */
  NOT("Not", "Not(b)", List.of(BOOLEAN), WindowRule.NONE),
  /** a to the power of b; {@code NaN} to the power of 0, and 1 to any power, is 1. */
  POWER("Power", "**", "Power(a, b)", 7),
  /** Product. */
  MUL("Mul", "*", "Mul(a, b)", 5),
  /** Quotient; x/0 is infinite, 0/0 {@code NaN}. */
  DIV("Div", "/", "Div(a, b)", 5),
  /** Sum. */
  ADD("Add", "+", "Add(a, b)", 4),
  /** Difference. */
  SUB("Sub", "-", "Sub(a, b)", 4),
  /** Whether both are true. */
  AND("And", "&", "And(b, c)", List.of(TRUTH, TRUTH), WindowRule.NONE, 3),
  /** Whether one is true; false where either has no value. */
  OR("Or", "|", "Or(b, c)", List.of(TRUTH, TRUTH), WindowRule.NONE, 2),
  /** Whether a &gt; b; false with {@code NaN}. */
  GT("Gt", ">", "Gt(a, b)", 1),
  /** Whether a ≥ b; false with {@code NaN}. */
  GE("Ge", ">=", "Ge(a, b)", 1),
  /** Whether a &lt; b; false with {@code NaN}. */
  LT("Lt", "<", "Lt(a, b)", 1),
  /** Whether a ≤ b; false with {@code NaN}. */
  LE("Le", "<=", "Le(a, b)", 1),
  /** Whether a = b; false with {@code NaN}. */
  EQ("Eq", "==", "Eq(a, b)", 1),
  /** Whether a ≠ b; true with {@code NaN}. */
  NE("Ne", "!=", "Ne(a, b)", 1),
  /** The larger of two values, not a comparison; {@code NaN} if either is. */
  GREATER("Greater", "Greater(a, b)", List.of(VALUE, VALUE), WindowRule.NONE),
  /** The smaller of two values, not a comparison; {@code NaN} if either is. */
  LESS("Less", "Less(a, b)", List.of(VALUE, VALUE), WindowRule.NONE),
  /** a where the condition is not 0 (so also where it is {@code NaN}), else b. */
  IF("If", "If(c, a, b)", List.of(SERIES, VALUE, VALUE), WindowRule.NONE),
  /** The value N rows earlier; N &lt; 0: later, for labels only; N = 0: the first row's value. */
  REF("Ref", "Ref(x, N)", WindowRule.SHIFT),
  /** x - Ref(x, N). */
  DELTA("Delta", "Delta(x, N)", WindowRule.SHIFT),
  /** Mean of the valid values. */
  MEAN("Mean", "Mean(x, N)", WindowRule.ROLLING),
  /** Sum of the valid values; {@code NaN} without any. */
  SUM("Sum", "Sum(x, N)", WindowRule.ROLLING),
  /** Standard deviation, ddof 1. */
  STD("Std", "Std(x, N)", WindowRule.ROLLING),
  /** Variance, ddof 1. */
  VAR("Var", "Var(x, N)", WindowRule.ROLLING),
  /** Adjusted Fisher–Pearson skewness; needs three valid values. */
  SKEW("Skew", "Skew(x, N)", WindowRule.THREE),
  /** Unbiased excess kurtosis; needs four valid values. */
  KURT("Kurt", "Kurt(x, N)", WindowRule.FOUR),
  /** Largest valid value. */
  MAX("Max", "Max(x, N)", WindowRule.ROLLING),
  /** Smallest valid value. */
  MIN("Min", "Min(x, N)", WindowRule.ROLLING),
  /** Place of the largest value in the window, 1 = oldest row; the first invalid row's place if there is one. */
  IDX_MAX("IdxMax", "IdxMax(x, N)", WindowRule.WHOLE),
  /** Place of the smallest value in the window, 1 = oldest row; the first invalid row's place if there is one. */
  IDX_MIN("IdxMin", "IdxMin(x, N)", WindowRule.WHOLE),
  /** Median of the valid values. */
  MED("Med", "Med(x, N)", WindowRule.ROLLING),
  /** Mean absolute deviation from the mean. */
  MAD("Mad", "Mad(x, N)", WindowRule.WHOLE),
  /** Quantile of the valid values with linear interpolation. */
  QUANTILE("Quantile", "Quantile(x, N, q)", List.of(SERIES, WINDOW, LEVEL), WindowRule.WHOLE),
  /** Rank of the newest among the valid values, average of ties, divided by their number. */
  RANK("Rank", "Rank(x, N)", WindowRule.WHOLE),
  /** Number of rows that are not {@code NaN}; infinities count. */
  COUNT("Count", "Count(x, N)", WindowRule.ROLLING),
  /** Slope of the least-squares line through the valid values over their places. */
  SLOPE("Slope", "Slope(x, N)", WindowRule.WHOLE),
  /** Squared correlation of the valid values with their places. */
  RSQUARE("Rsquare", "Rsquare(x, N)", WindowRule.WHOLE),
  /** The newest value minus the least-squares line. */
  RESI("Resi", "Resi(x, N)", WindowRule.WHOLE),
  /** Linearly weighted mean; Qlib divides the weighted mean once more, by the number of valid rows. */
  WMA("WMA", "WMA(x, N)", WindowRule.WHOLE),
  /** Exponentially weighted mean of span N, or of alpha N if 0 &lt; N &lt; 1. */
  EMA("EMA", "EMA(x, N)", WindowRule.SPAN),
  /** Pearson's correlation over the rows where both are valid. */
  CORR("Corr", "Corr(x, y, N)", List.of(SERIES, SERIES, WINDOW), WindowRule.BOUNDED),
  /** Covariance, ddof 1, over the rows where both are valid. */
  COV("Cov", "Cov(x, y, N)", List.of(SERIES, SERIES, WINDOW), WindowRule.BOUNDED),
  /** Product of the valid values; {@code NaN} without any. */
  PRODUCT("Product", "Product(x, N)", WindowRule.BOUNDED),
  /** Mean of the valid values, weighted 1 for the oldest row to L for the newest of L rows. */
  DECAY_LINEAR("DecayLinear", "DecayLinear(x, N)", WindowRule.BOUNDED),
  /** Rank among the day's instruments, average of ties, divided by their number: above 0 to 1. */
  CS_RANK("CSRank", "CSRank(x)", List.of(SERIES)),
  /** Distance from the day's mean in standard deviations (ddof 1); {@code NaN} if all are equal. */
  CS_ZSCORE("CSZScore", "CSZScore(x)", List.of(SERIES)),
  /** Distance from the day's mean. */
  CS_DEMEAN("CSDemean", "CSDemean(x)", List.of(SERIES)),
  /** The value scaled so that the day's absolute values add up to a; {@code NaN} if all are 0. */
  CS_SCALE("CSScale", "CSScale(x, a)", List.of(SERIES, POSITIVE)),
  /** Which of k equal parts of the day's instruments it is in, 1 for the smallest values; ties share a part. */
  CS_BUCKET("CSBucket", "CSBucket(x, k)", List.of(SERIES, PARTS)),
  /** The value moved to the day's quantile q or 1 - q (linear interpolation) if it lies outside. */
  CS_WINSORIZE("CSWinsorize", "CSWinsorize(x, q)", List.of(SERIES, TAIL)),
  /** The value moved to the day's median ± k × 1.4826 × median absolute deviation if it lies outside. */
  CS_CLIP("CSClip", "CSClip(x, k)", List.of(SERIES, POSITIVE)),
  /** What is left of x after the mean of its group g, and after a regression on up to 8 exposures within groups. */
  CS_NEUTRALIZE(
      "CSNeutralize", "CSNeutralize(x, g, e1, …)", List.of(SERIES, SERIES, Parameter.EXPOSURES)),
  /** What is left of x after a regression with intercept on 1 to 8 exposures. */
  CS_RESIDUAL(
      "CSResidual",
      "CSResidual(x, e1, …)",
      List.of(SERIES, Parameter.EXPOSURE, Parameter.EXPOSURES));

  /** All that can be called, in the order of this list. */
  private static final Map<String, Operator> BY_NAME = new LinkedHashMap<>();

  private static final Map<String, Operator> BY_INFIX = new LinkedHashMap<>();

  static {
    for (Operator operator : values()) {
      if (operator != NEGATE) {
        BY_NAME.put(operator.functionName, operator);
      }
      if (!operator.infix.isEmpty()) {
        BY_INFIX.put(operator.infix, operator);
      }
    }
  }

  private static final List<String> NAMES = List.copyOf(BY_NAME.keySet());
  private static final int CALL = 8;

  private final String functionName;
  private final String infix;
  private final String signature;

  @SuppressWarnings("ImmutableEnumChecker") // always List.of
  private final List<Parameter> parameters;

  private final WindowRule windowRule;
  private final int precedence;

  Operator(String name, String signature, WindowRule rule) {
    this(name, "", signature, List.of(SERIES, WINDOW), rule, CALL);
  }

  Operator(String name, String infix, String signature, int precedence) {
    this(name, infix, signature, List.of(VALUE, VALUE), WindowRule.NONE, precedence);
  }

  Operator(String name, String signature, List<Parameter> parameters) {
    this(name, "", signature, parameters, WindowRule.CROSS_SECTION, CALL);
  }

  Operator(String name, String signature, List<Parameter> parameters, WindowRule rule) {
    this(name, "", signature, parameters, rule, CALL);
  }

  Operator(
      String name, String signature, List<Parameter> parameters, WindowRule rule, int precedence) {
    this(name, "", signature, parameters, rule, precedence);
  }

  Operator(
      String name,
      String infix,
      String signature,
      List<Parameter> parameters,
      WindowRule rule,
      int precedence) {
    this.functionName = name;
    this.infix = infix;
    this.signature = signature;
    this.parameters = parameters;
    this.windowRule = rule;
    this.precedence = precedence;
  }

  /** The operator that is called by this name; names are case-sensitive. */
  public static Optional<Operator> named(String functionName) {
    return Optional.ofNullable(BY_NAME.get(functionName));
  }

  /** The names by which operators are called, in the order of this list. */
  public static List<String> names() {
    return NAMES;
  }

  static Optional<Operator> written(String infix) {
    return Optional.ofNullable(BY_INFIX.get(infix));
  }

  /** The name by which it is called, for example {@code Mean}. */
  public String functionName() {
    return functionName;
  }

  /** Name and parameters, for example {@code Mean(x, N)}. */
  public String signature() {
    return signature;
  }

  /** How it is written between its operands, for example {@code +}. */
  public Optional<String> infix() {
    return infix.isEmpty() ? Optional.empty() : Optional.of(infix);
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** What it expects as argument number {@code index}, counted from 0. */
  Parameter parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  int fewestArguments() {
    return takesExposures() ? parameters.size() - 1 : parameters.size();
  }

  int mostArguments() {
    if (!takesExposures()) {
      return parameters.size();
    }
    int others = 0;
    for (Parameter parameter : parameters) {
      others += parameter.isExposure() ? 0 : 1;
    }
    return others + Parameter.MOST_EXPOSURES;
  }

  /** Whether the last parameter stands for as many exposures as one likes. */
  private boolean takesExposures() {
    return parameters.get(parameters.size() - 1) == Parameter.EXPOSURES;
  }

  WindowRule windowRule() {
    return windowRule;
  }

  /** How tightly it binds: 1 for comparisons to 7 for {@code **}; 8 for a call. */
  int precedence() {
    return precedence;
  }

  boolean isComparison() {
    return precedence == 1;
  }

  boolean isShift() {
    return windowRule == WindowRule.SHIFT;
  }

  /** Whether its value depends on other instruments of the same day. */
  public boolean isCrossSectional() {
    return windowRule == WindowRule.CROSS_SECTION;
  }

  /**
   * About how many nanoseconds one value takes on one core; an estimate to compare plans by, not a promise.
   *
   * @param window its window or shift; 0, all rows so far, counts as 250 rows
   */
  public double cost(double window) {
    return OperatorCost.of(this, window);
  }

  /** What a value costs more with each row before it, in nanoseconds; 0 unless all rows are gone through again each time. */
  public double growth(double window) {
    return OperatorCost.growth(this, window);
  }

  /**
   * How many rows before its own the operator reads.
   *
   * @param n the window or shift
   * @return empty if it reads all rows
   */
  public OptionalInt lookBack(double n) {
    if (windowRule == WindowRule.NONE || isCrossSectional()) {
      return OptionalInt.of(0);
    }
    if (this == EMA || n == 0 || n != Math.rint(n)) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(isShift() ? (int) Math.max(n, 0) : (int) n - 1);
  }

  /** How many rows after its own the operator reads; above 0 for a shift by a negative n only. */
  public int lookAhead(double n) {
    return isShift() && n < 0 ? (int) -n : 0;
  }
}
