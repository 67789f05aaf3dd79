package io.qilin.core.expression;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;

/** Refuses names that are no operator here: those that Qlib knows and Qilin does not, and misspelt ones. */
record UnknownName(Fault fault, Vocabulary words) {
  /**
   * Says why a name is refused.
   *
   * @param called whether a bracket follows it
   */
  ExpressionException refuse(Token name, boolean called) {
    String text = name.text();
    return switch (text) {
      case "P", "PRef" ->
        fault.type(
            name.position(),
            text + " reads point-in-time tables, which Qilin's panels do not hold",
            "use a field that carries the value known on each day");
      case "TResample" ->
        fault.type(
            name.position(),
            "TResample cannot keep one row for each trading day (in Qlib it always fails)",
            "use a rolling operator, for example Mean(x, 5) for a week");
      case "Feature", "PFeature" ->
        fault.type(
            name.position(), text + " is not called", "write the field with $, for example $close");
      case "True", "False", "None", "NaN", "nan", "inf" ->
        fault.type(
            name.position(),
            text + " is no value here",
            "use numbers, and comparisons for booleans");
      default -> misspelt(name, called);
    };
  }

  private ExpressionException misspelt(Token name, boolean called) {
    String quoted = QilinException.quote(name.text());
    boolean known = words.callable().contains(name.text());
    if (known) {
      return fault.syntax(
          name.position(),
          "operator " + quoted + " without its arguments",
          "write " + words.signature(name.text()));
    }
    String question = NearestName.of(name.text(), words.callable())
        .map(nearest -> "did you mean " + words.signature(nearest) + "?")
        .orElse("operators are " + String.join(" ", words.callable()));
    String what = (called ? "unknown operator " : "unknown name ") + quoted;
    return fault.syntax(
        name.position(), what, called ? question : fieldHint(name.text(), question));
  }

  private static String fieldHint(String name, String question) {
    if (name.equals("not")) {
      return "write Not(...)";
    }
    if (name.matches("[A-Za-z]{2}[0-9]{6}")) {
      return "an instrument stands in quotes: '" + name + "'";
    }
    return name.length() > 32 ? question : "a field is written $" + name + "; or " + question;
  }
}
