package io.qilin.core.expression;

import io.qilin.core.DocFile;
import io.qilin.core.factor.Correction;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes docs/operators.md from {@link Operator}, its Javadoc, {@link WindowRule} and {@link Correction}. */
final class OperatorPage {
  private static final int SHORT = 5;
  private static final int LONG = 60;

  private final StringBuilder page = new StringBuilder();
  private final Map<Operator, String> meanings;

  private OperatorPage() throws IOException {
    meanings = OperatorSource.meanings();
  }

  static String text() throws IOException {
    return new OperatorPage().write();
  }

  private String write() {
    page.append("""
        # Operators

        Generated from `io.qilin.core.expression.Operator` by `OperatorPageTest`; do not edit.

        Valid is neither `NaN` nor infinite. "Rows before" is how far before its own row an operator reads with N = 5. "ns" is
        a rough cost of one value in nanoseconds, for operators with a window at N = 5 and N = 60; it ranks plans and
        promises nothing.

        """);
    elementwise();
    windows();
    crossSection();
    page.append("""
        ## Elsewhere and from the host

        `Mask(x, 'SH600000')` and `ChangeInstrument('SH600000', x)` compute x on another instrument; x must not hold an operator
        of a cross-section. `Rolling(x, N, 'mean')` is another way to write `Mean(x, N)`, and so for `count sum median var std
        min max skew kurt`. A host adds operators of its own by `io.qilin.api.factor.FactorOperator`.

        """);
    corrections();
    return page.toString();
  }

  private void elementwise() {
    page.append("""
        ## Of one row

        From the tightest: `**`, sign, `* /`, `+ -`, `&`, `|`, comparisons.

        | call | written | meaning | ns |
        |---|---|---|---|
        """);
    for (Operator operator : those(o -> o.windowRule() == WindowRule.NONE)) {
      String[] letters = operator.signature().replaceAll(".*\\(|\\)", "").split(", ", -1);
      String written = operator
          .infix()
          .map(i -> code(letters[0] + " " + i + " " + letters[1]))
          .orElse("");
      row(code(operator.signature()), written, meaning(operator), cost(operator, 1));
    }
  }

  private void windows() {
    page.append("""

        ## Of a window

        Windows count rows, that is trading days of the instrument's span whether it traded or not.

        | call | meaning | N | rows before | ns |
        |---|---|---|---|---|
        """);
    Predicate<Operator> none = o -> o.windowRule() == WindowRule.NONE;
    for (Operator operator : those(none.or(Operator::isCrossSectional).negate())) {
      OptionalInt before = operator.lookBack(SHORT);
      row(
          code(operator.signature()),
          meaning(operator),
          operator.windowRule().words(),
          before.isPresent() ? String.valueOf(before.getAsInt()) : "all",
          cost(operator, SHORT) + " / " + cost(operator, LONG));
    }
  }

  private void crossSection() {
    page.append("""

        ## Of a day

        Over the instruments that have a row on the day and a valid value of every operand; the others get `NaN`. Sums run in
        the order of the instruments. g is a field of numeric codes, for example `$industry`.

        | call | meaning | ns |
        |---|---|---|
        """);
    for (Operator operator : those(Operator::isCrossSectional)) {
      row(code(operator.signature()), meaning(operator), cost(operator, 0));
    }
    page.append("""

        The regressions use orthogonal directions (Gram–Schmidt, done twice), not normal equations. An exposure of which those
        before it leave at most 1e-7, or whose spread within groups is at most 1e-12 of its size, is left out, so that
        an exposure that is given twice changes nothing. What a fit leaves is exactly 0 if it is at most 1e-12 of the spread
        of x.

        """);
  }

  private void corrections() {
    page.append("""
        ## Where Qilin corrects Qlib

        `NumericMode.QLIB_EXACT` does as Qlib; `NumericMode.CORRECTED` differs in these and nothing else.

        | operators | Qlib, and QLIB_EXACT | CORRECTED |
        |---|---|---|
        """);
    for (Correction correction : Correction.values()) {
      String operators = correction.operators().stream()
          .map(operator -> code(operator.functionName()))
          .collect(Collectors.joining(" "));
      row(operators, correction.qlib(), correction.corrected());
    }
  }

  private static List<Operator> those(Predicate<Operator> wanted) {
    return Arrays.stream(Operator.values()).filter(wanted).toList();
  }

  private String meaning(Operator operator) {
    return Objects.requireNonNull(meanings.get(operator), operator.name());
  }

  private static String cost(Operator operator, int window) {
    return String.format(Locale.ROOT, "%.1f", operator.cost(window));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private void row(String... cells) {
    page.append(
        Arrays.stream(cells).map(DocFile::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
