package io.qilin.core.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites a formula in the paper's notation, bracket by bracket, into Qilin's. */
final class PaperFormula {
  private static final Map<String, String> OPERATORS = Map.ofEntries(
      Map.entry("rank", "CSRank"),
      Map.entry("ts_rank", "Rank"),
      Map.entry("delay", "Ref"),
      Map.entry("correlation", "Corr"),
      Map.entry("covariance", "Cov"),
      Map.entry("delta", "Delta"),
      Map.entry("decay_linear", "DecayLinear"),
      Map.entry("ts_min", "Min"),
      Map.entry("ts_max", "Max"),
      Map.entry("ts_argmax", "IdxMax"),
      Map.entry("ts_argmin", "IdxMin"),
      Map.entry("sum", "Sum"),
      Map.entry("product", "Product"),
      Map.entry("stddev", "Std"),
      Map.entry("abs", "Abs"),
      Map.entry("log", "Log"),
      Map.entry("sign", "Sign"),
      Map.entry("indneutralize", "CSNeutralize"));
  private static final Pattern NAME = Pattern.compile(
      "IndClass\\.([a-z]+)|adv([0-9]+)|returns|open|high|low|close|volume|vwap|cap");
  private static final Pattern CALLED = Pattern.compile("[A-Za-z_]+$");

  private PaperFormula() {}

  /** The formula with all of the paper's brackets. */
  static String rewrite(String paper) {
    int open = paper.indexOf('(');
    if (open < 0) {
      return plain(paper);
    }
    int close = closing(paper, open);
    String before = paper.substring(0, open);
    String inner = paper.substring(open + 1, close);
    Matcher called = CALLED.matcher(before);
    String rest = rewrite(paper.substring(close + 1));
    return called.find()
        ? plain(before.substring(0, called.start())) + call(called.group(), inner) + rest
        : plain(before) + "(" + choice(inner) + ")" + rest;
  }

  private static String choice(String inner) {
    List<String> condition = split(inner, '?');
    if (condition.size() == 1) {
      return rewrite(inner);
    }
    List<String> values = split(condition.get(1), ':');
    return "If(" + rewrite(condition.get(0)) + "," + rewrite(values.get(0)) + ","
        + rewrite(values.get(1)) + ")";
  }

  private static String call(String name, String inner) {
    List<String> arguments = new ArrayList<>();
    for (String argument : split(inner, ',')) {
      arguments.add(rewrite(argument).strip());
    }
    int last = arguments.size() - 1;
    boolean number = last > 0 && arguments.get(last).matches("[0-9.]+");
    if (number) {
      arguments.set(last, arguments.get(last).replaceFirst("\\..*", ""));
    }
    String all = String.join(",", arguments);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "scale" -> "CSScale(" + all + ",1)";
      case "min" -> (number ? "Min(" : "Less(") + all + ")";
      case "max" -> (number ? "Max(" : "Greater(") + all + ")";
      case "signedpower" ->
        "(Sign(" + arguments.get(0) + ")*Abs(" + arguments.get(0) + ")**(" + arguments.get(1)
            + "))";
      default -> OPERATORS.get(name.toLowerCase(Locale.ROOT)) + "(" + all + ")";
    };
  }

  /** Text without brackets. */
  private static String plain(String text) {
    String signs = text.replace("^", "**").replace("||", "|").replaceAll("(?<![0-9])\\.", "0.");
    return NAME.matcher(text.contains("IndClass") ? text : signs).replaceAll(PaperFormula::name);
  }

  private static String name(MatchResult found) {
    String name = found.group(1) != null
        ? "$" + found.group(1)
        : found.group(2) != null
            ? "Mean($amount," + found.group(2) + ")"
            : found.group().equals("returns") ? "($close/Ref($close,1)-1)" : "$" + found.group();
    return Matcher.quoteReplacement(name);
  }

  /** The parts between a sign that stands in no bracket. */
  private static List<String> split(String text, char sign) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        i = closing(text, i);
      } else if (text.charAt(i) == sign) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new AssertionError("no closing bracket in " + text);
  }
}
