package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads rules from text, one a line.
 *
 * <pre>
 * line      = [ severity ] [ "where" condition { "and" condition } ] check [ "of" dimension ] [ "as" name ]
 *           | "key" column { "," column }
 * condition = column sign number | column ( "=" | "!=" ) text { "," text } | column "is" ( "known" | "missing" )
 * check     = verb arguments, as {@link #check} has them
 * </pre>
 *
 * <p>A column with other signs than letters, digits and {@code _ . $ -} or that is a word of the language stands in single
 * quotes, as texts do; {@code ''} is a quote in it, {@code \\ \n \r} a backslash and ends of lines. {@code #} begins a
 * comment. A mark of the byte order before the first line, as editors write it, is passed over.
 */
final class RuleParser {
  /** Words that have a meaning between columns. */
  static final Set<String> WORDS =
      Set.of("where", "and", "is", "by", "as", "of", "within", "strictly", "factor", "inf", "key");

  private static final List<String> VERBS = List.of(
      "average-price",
      "compare",
      "complete",
      "deviation",
      "distinct",
      "every-session",
      "finite",
      "fresh",
      "increasing",
      "matches",
      "mean",
      "one-of",
      "previous-close",
      "price-limits",
      "price-order",
      "range",
      "rows",
      "suspended",
      "tick",
      "unique",
      "whole-shares");
  private static final int LONGEST = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final String text;
  private RuleLine line = new RuleLine("", 0);

  RuleParser(String text) {
    if (text.length() > LONGEST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a text of rules has at most " + LONGEST + " characters");
    }
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  TableRules rules() {
    List<String> key = List.of();
    List<TableRule> rules = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      line = new RuleLine(lines[i], i + 1);
      if (line.isEmpty()) {
        continue;
      }
      if (line.takes("key")) {
        if (!key.isEmpty()) {
          throw line.failure("the key is written twice", null);
        }
        key = checked(() -> columns());
        line.end();
      } else {
        rules.add(rule());
      }
    }
    List<String> named = key;
    return checked(() -> new TableRules(named, rules));
  }

  private TableRule rule() {
    QualitySeverity severity = QualitySeverity.ERROR;
    for (QualitySeverity each : QualitySeverity.values()) {
      severity = line.takes(each.name().toLowerCase(Locale.ROOT)) ? each : severity;
    }
    List<RowCondition> where = new ArrayList<>();
    if (line.takes("where")) {
      do {
        where.add(checked(this::condition));
      } while (line.takes("and"));
    }
    TableCheck check = checked(this::check);
    QualityDimension dimension = line.takes("of") ? dimension() : check.dimension();
    Optional<String> name = line.takes("as") ? Optional.of(line.column()) : Optional.empty();
    line.end();
    QualitySeverity chosen = severity;
    return checked(() -> new TableRule(
        name.orElseGet(() -> RuleText.nameOf(check)), dimension, chosen, where, check));
  }

  /** What a value object refuses is told with the line. */
  private <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (QilinException e) {
      if (e.code() == ErrorCode.DATA_FORMAT) {
        throw e;
      }
      throw line.failure(String.valueOf(e.getMessage()).replaceFirst("^QILIN-[0-9]+ ", ""), e);
    }
  }

  private QualityDimension dimension() {
    for (QualityDimension each : QualityDimension.values()) {
      if (line.takes(each.name().toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw line.failure("expected a dimension such as validity", null);
  }

  private RowCondition condition() {
    String column = line.column();
    if (line.takes("is")) {
      if (line.takes("known")) {
        return new RowCondition.Known(column, true);
      }
      if (line.takes("missing")) {
        return new RowCondition.Known(column, false);
      }
      throw line.failure("expected known or missing", null);
    }
    Comparison comparison = line.sign();
    boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.DIFFERENT;
    return equality && line.isText()
        ? new RowCondition.Texts(column, comparison == Comparison.EQUAL, texts())
        : new RowCondition.Numbers(column, comparison, line.number());
  }

  private Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>();
    do {
      texts.add(line.text());
    } while (line.takesComma());
    return texts;
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    do {
      columns.add(line.column());
    } while (line.takesComma());
    return columns;
  }

  private Optional<String> by() {
    return line.takes("by") ? Optional.of(line.column()) : Optional.empty();
  }

  private double within() {
    return line.takes("within") ? line.number() : 0;
  }

  private TableCheck check() {
    String verb = line.verb(VERBS);
    return switch (verb) {
      case "complete" -> new TableCheck.Complete(line.column(), line.isEnd() ? 1 : share());
      case "unique" -> new TableCheck.Unique(columns());
      case "range" -> new TableCheck.Range(line.column(), line.number(), line.number());
      case "price-order" ->
        new TableCheck.PriceOrder(line.column(), line.column(), line.column(), line.column());
      case "finite" -> new TableCheck.Finite(line.column());
      case "one-of" -> new TableCheck.OneOf(line.column(), texts());
      case "matches" -> new TableCheck.Matches(line.column(), TextPattern.of(line.text()));
      case "increasing" -> new TableCheck.Increasing(line.column(), by(), line.takes("strictly"));
      case "compare" -> new TableCheck.Compare(line.column(), line.sign(), line.column(), within());
      case "rows" -> new TableCheck.RowCount(line.number(), line.number());
      case "distinct" -> new TableCheck.DistinctCount(line.column(), line.number(), line.number());
      case "mean" -> new TableCheck.Mean(line.column(), line.number(), line.number());
      case "deviation" -> new TableCheck.Deviation(line.column(), line.number(), line.number());
      case "fresh" -> new TableCheck.Fresh(line.column(), by(), within());
      default -> market(verb);
    };
  }

  /** The least share of known cells, if one is written. */
  private double share() {
    return line.isNumber() ? line.number() : 1;
  }

  private TableCheck market(String verb) {
    return switch (verb) {
      case "every-session" -> everySession();
      case "price-limits" ->
        new TableCheck.PriceLimits(
            line.column(), line.column(), line.column(), line.column(), line.column());
      case "tick" -> new TableCheck.TickMultiple(line.column(), line.column(), line.column());
      case "whole-shares" -> new TableCheck.WholeShares(line.column());
      case "average-price" ->
        new TableCheck.AveragePrice(line.column(), line.column(), line.column(), line.column());
      case "previous-close" ->
        new TableCheck.PreviousClose(
            line.column(),
            line.column(),
            line.column(),
            line.takes("factor") ? Optional.of(line.column()) : Optional.empty());
      default -> new TableCheck.Suspended(line.column(), line.column());
    };
  }

  private TableCheck everySession() {
    String day = line.column();
    return new TableCheck.EverySession(
        day, by().orElseThrow(() -> line.failure("expected by and a column", null)));
  }
}
