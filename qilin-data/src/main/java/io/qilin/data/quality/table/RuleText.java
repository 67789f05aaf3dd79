package io.qilin.data.quality.table;

import io.qilin.api.quality.QualitySeverity;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes rules as {@link RuleParser} reads them. */
final class RuleText {
  /** What stands without quotes. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$-]*");

  private RuleText() {}

  static String of(TableRules rules) {
    StringBuilder out = new StringBuilder();
    if (!rules.key().isEmpty()) {
      out.append("key ").append(columns(rules.key())).append('\n');
    }
    rules.rules().forEach(rule -> out.append(line(rule)).append('\n'));
    return out.toString();
  }

  static String line(TableRule rule) {
    StringBuilder out = new StringBuilder();
    if (rule.severity() != QualitySeverity.ERROR) {
      out.append(word(rule.severity())).append(' ');
    }
    String joint = "where ";
    for (RowCondition condition : rule.where()) {
      out.append(joint).append(condition(condition)).append(' ');
      joint = "and ";
    }
    out.append(check(rule.check()));
    if (rule.dimension() != rule.check().dimension()) {
      out.append(" of ").append(word(rule.dimension()));
    }
    if (!rule.name().equals(nameOf(rule.check()))) {
      out.append(" as ").append(column(rule.name()));
    }
    return out.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The name that a rule has unless it is given one: letters, digits and hyphens of its verb and columns. */
  static String nameOf(TableCheck check) {
    String text = check(check).replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String cut = text.length() > 60 ? text.substring(0, 60) : text;
    String hash = Integer.toHexString(check(check).hashCode());
    boolean told = isTold(check(check)) && cut.length() == text.length();
    return told ? cut : cut.replaceAll("-+$", "") + "-" + hash;
  }

  /** Whether nothing of a check gets lost when only letters and digits are kept. */
  private static boolean isTold(String check) {
    return check
        .chars()
        .allMatch(c -> c == ' ' || c == ',' || c == '_' || Character.isLetterOrDigit(c));
  }

  private static String condition(RowCondition condition) {
    String column = column(condition.column());
    if (condition instanceof RowCondition.Numbers number) {
      return column + " " + number.comparison().sign() + " " + number(number.number());
    }
    if (condition instanceof RowCondition.Texts texts) {
      return column + (texts.in() ? " = " : " != ") + texts(texts.texts());
    }
    return column + (((RowCondition.Known) condition).known() ? " is known" : " is missing");
  }

  static String check(TableCheck check) {
    if (check instanceof TableCheck.Complete c) {
      return "complete " + column(c.column()) + " " + number(c.least());
    } else if (check instanceof TableCheck.Unique c) {
      return "unique " + columns(c.columns());
    } else if (check instanceof TableCheck.Range c) {
      return figure("range", c.column(), c.low(), c.high());
    } else if (check instanceof TableCheck.PriceOrder c) {
      return "price-order " + spaced(c.open(), c.high(), c.low(), c.close());
    } else if (check instanceof TableCheck.Finite c) {
      return "finite " + column(c.column());
    } else if (check instanceof TableCheck.OneOf c) {
      return "one-of " + column(c.column()) + " " + texts(c.texts());
    } else if (check instanceof TableCheck.Matches c) {
      return "matches " + column(c.column()) + " " + quoted(c.pattern().toString());
    } else if (check instanceof TableCheck.Increasing c) {
      return "increasing " + column(c.column()) + by(c.by()) + (c.strictly() ? " strictly" : "");
    } else if (check instanceof TableCheck.Compare c) {
      return "compare " + column(c.left()) + " " + c.comparison().sign() + " " + column(c.right())
          + (c.tolerance() == 0 ? "" : " within " + number(c.tolerance()));
    } else if (check instanceof TableCheck.Fresh c) {
      return "fresh " + column(c.column()) + by(c.by())
          + (c.graceSeconds() == 0 ? "" : " within " + number(c.graceSeconds()));
    }
    return wider(check);
  }

  private static String wider(TableCheck check) {
    if (check instanceof TableCheck.RowCount c) {
      return "rows " + number(c.low()) + " " + number(c.high());
    } else if (check instanceof TableCheck.DistinctCount c) {
      return figure("distinct", c.column(), c.low(), c.high());
    } else if (check instanceof TableCheck.Mean c) {
      return figure("mean", c.column(), c.low(), c.high());
    } else if (check instanceof TableCheck.Deviation c) {
      return figure("deviation", c.column(), c.low(), c.high());
    } else if (check instanceof TableCheck.EverySession c) {
      return "every-session " + column(c.day()) + " by " + column(c.by());
    } else if (check instanceof TableCheck.PriceLimits c) {
      return "price-limits " + spaced(c.instrument(), c.day(), c.reference(), c.high(), c.low());
    } else if (check instanceof TableCheck.TickMultiple c) {
      return "tick " + spaced(c.instrument(), c.day(), c.price());
    } else if (check instanceof TableCheck.WholeShares c) {
      return "whole-shares " + column(c.volume());
    } else if (check instanceof TableCheck.AveragePrice c) {
      return "average-price " + spaced(c.amount(), c.volume(), c.low(), c.high());
    } else if (check instanceof TableCheck.PreviousClose c) {
      return "previous-close " + spaced(c.instrument(), c.reference(), c.close())
          + c.factor().map(factor -> " factor " + column(factor)).orElse("");
    }
    TableCheck.Suspended c = (TableCheck.Suspended) check;
    return "suspended " + spaced(c.volume(), c.suspended());
  }

  private static String figure(String verb, String column, double low, double high) {
    return verb + " " + column(column) + " " + number(low) + " " + number(high);
  }

  private static String by(Optional<String> column) {
    return column.map(name -> " by " + column(name)).orElse("");
  }

  private static String spaced(String... columns) {
    return List.of(columns).stream().map(RuleText::column).collect(Collectors.joining(" "));
  }

  private static String columns(List<String> columns) {
    return columns.stream().map(RuleText::column).collect(Collectors.joining(","));
  }

  private static String texts(Collection<String> texts) {
    return texts.stream().map(RuleText::quoted).collect(Collectors.joining(","));
  }

  private static String column(String name) {
    return PLAIN.matcher(name).matches() && !RuleParser.WORDS.contains(name) ? name : quoted(name);
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\'' -> out.append("''");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
    return out.append('\'').toString();
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15 && !isNegativeZero(value)) {
      return Long.toString((long) value);
    }
    return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }
}
