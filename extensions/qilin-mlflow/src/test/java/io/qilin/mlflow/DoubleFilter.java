package io.qilin.mlflow;

import io.qilin.mlflow.DoubleTracking.Point;
import io.qilin.mlflow.DoubleTracking.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of MLflow's language of filters and orders that the contract shows. */
final class DoubleFilter {
  private static final String SUBJECT =
      "(metrics|metric|params|param|tags|tag|attributes|attribute)\\.(?:`([^`]+)`|\"([^\"]+)\"|([\\w.]+))";
  private static final Pattern CLAUSE = Pattern.compile(SUBJECT
      + "\\s*(=|!=|>=|<=|>|<)\\s*(?:'([^']*)'|\"([^\"]*)\"|(-?[0-9.]+(?:[eE][+-]?[0-9]+)?))\\s*");
  private static final Pattern ORDER = Pattern.compile(SUBJECT + "\\s+(ASC|DESC)");

  private record Clause(String kind, String key, String sign, String text, boolean isNumber) {}

  private final List<Clause> clauses = new ArrayList<>();

  DoubleFilter(String text) {
    String left = text;
    while (!left.isEmpty()) {
      Matcher clause = CLAUSE.matcher(left);
      if (!clause.lookingAt()) {
        throw DoubleRefusal.invalid("Invalid filter '" + text + "'");
      }
      String kind = clause.group(1).replaceAll("s$", "");
      boolean number = clause.group(8) != null;
      String value =
          number ? clause.group(8) : clause.group(6) != null ? clause.group(6) : clause.group(7);
      boolean time = kind.equals("attribute") && key(clause).equals("start_time");
      if (number != (kind.equals("metric") || time)) {
        throw DoubleRefusal.invalid("Invalid filter '" + text + "': a value of the wrong kind");
      }
      if (!number && !Set.of("=", "!=").contains(clause.group(5))) {
        throw DoubleRefusal.invalid("Invalid comparator for a text: " + clause.group(5));
      }
      clauses.add(new Clause(kind, key(clause), clause.group(5), value, number));
      left = left.substring(clause.end());
      if (!left.isEmpty()) {
        if (!left.regionMatches(true, 0, "and ", 0, 4)) {
          throw DoubleRefusal.invalid("Invalid clause(s) in filter string: '" + left + "'");
        }
        left = left.substring(4).stripLeading();
      }
    }
  }

  private static String key(Matcher found) {
    for (int group = 2; group <= 4; group++) {
      if (found.group(group) != null) {
        return found.group(group);
      }
    }
    return "";
  }

  boolean meets(Run run) {
    return clauses.stream().allMatch(clause -> meets(run, clause));
  }

  private static boolean meets(Run run, Clause clause) {
    if (clause.isNumber()) {
      Point point = clause.kind().equals("metric") ? run.latest(clause.key()) : null;
      if (clause.kind().equals("metric") && point == null) {
        return false;
      }
      // As in the database: NaN stands there as 0.
      double value = point == null ? run.start : point.value();
      int order = Double.compare(value + 0.0, Double.parseDouble(clause.text()) + 0.0);
      return switch (clause.sign()) {
        case "=" -> order == 0;
        case "!=" -> order != 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        case "<" -> order < 0;
        default -> order <= 0;
      };
    }
    String value = switch (clause.kind()) {
      case "param" -> run.params.get(clause.key());
      case "tag" -> run.tags.get(clause.key());
      default -> attribute(run, clause.key());
    };
    return value != null && value.equals(clause.text()) == clause.sign().equals("=");
  }

  private static String attribute(Run run, String key) {
    return switch (key) {
      case "status" -> run.status;
      case "run_name" -> run.name;
      case "run_id" -> run.id;
      case "start_time" -> String.valueOf(run.start);
      default -> throw DoubleRefusal.invalid("Invalid attribute key '" + key + "' specified.");
    };
  }

  /** By each of the orders; {@code NaN} comes after numbers and what is missing last, whichever way. */
  static Comparator<Run> order(List<String> by) {
    Comparator<Run> order = (one, other) -> 0;
    for (String text : by) {
      Matcher found = ORDER.matcher(text);
      if (!found.matches()) {
        throw DoubleRefusal.invalid("Invalid order_by clause '" + text + "'");
      }
      String kind = found.group(1).replaceAll("s$", "");
      String key = key(found);
      Comparator<Run> value = switch (kind) {
        case "metric" ->
          Comparator.comparingDouble(
              run -> run.latest(key) == null ? 0 : run.latest(key).value());
        case "attribute" ->
          key.equals("start_time")
              ? Comparator.comparingLong(run -> run.start)
              : Comparator.comparing(run -> attribute(run, key));
        default -> Comparator.comparing(run -> text(run, kind, key));
      };
      order = order
          .thenComparingInt(run -> rank(run, kind, key))
          .thenComparing(found.group(5).equals("DESC") ? value.reversed() : value);
    }
    return order.thenComparing(run -> run.id);
  }

  private static String text(Run run, String kind, String key) {
    return (kind.equals("param") ? run.params : run.tags).getOrDefault(key, "");
  }

  private static int rank(Run run, String kind, String key) {
    return switch (kind) {
      case "metric" -> {
        Point point = run.latest(key);
        yield point == null ? 2 : point.nan() ? 1 : 0;
      }
      case "param" -> run.params.containsKey(key) ? 0 : 1;
      case "tag" -> run.tags.containsKey(key) ? 0 : 1;
      default -> 0;
    };
  }
}
