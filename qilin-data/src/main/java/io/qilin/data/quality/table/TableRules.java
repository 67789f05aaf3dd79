package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableScan;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a table should fulfil, from a text or from values. As text, one rule a line:
 *
 * <pre>
 * # the key is shown with every finding
 * key instrument,date
 * complete close 0.99
 * critical unique instrument,date
 * price-order open high low close
 * warning where board = 'STAR' range pct -0.2 0.2 as star-limits
 * </pre>
 *
 * <p>Immutable and safe to share.
 *
 * @param key the columns that name a row in findings; may be empty
 * @param rules in order, of different names
 */
public record TableRules(List<String> key, List<TableRule> rules) {
  private static final int MOST = 1000;

  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT if two rules have one name, or there are more than 1000
   */
  public TableRules {
    key = key.isEmpty() ? List.of() : Checked.columns(key);
    rules = List.copyOf(rules);
    if (rules.size() > MOST) {
      throw QilinException.invalid("a table has at most " + MOST + " rules, had " + rules.size());
    }
    Set<String> names = new HashSet<>();
    for (TableRule rule : rules) {
      if (!names.add(rule.name())) {
        throw QilinException.invalid("two rules have the name " + QilinException.quote(rule.name())
            + "; name one of them by 'as'");
      }
    }
  }

  /** Rules without a key. */
  public static TableRules of(TableRule... rules) {
    return new TableRules(List.of(), List.of(rules));
  }

  /** The same rules, with the columns that name a row in findings. */
  public TableRules key(String... columns) {
    return new TableRules(List.of(columns), rules);
  }

  /** The columns that the rules, their conditions and the key name, sorted. */
  public Set<String> columns() {
    Set<String> named = new TreeSet<>(key);
    for (TableRule rule : rules) {
      named.addAll(rule.check().columns());
      rule.where().forEach(condition -> named.add(condition.column()));
    }
    return Collections.unmodifiableSet(named);
  }

  /**
   * What to read of a table to judge it by these rules: no other column than {@link #columns}, so that a format which can
   * does not even read the rest. Rules that name no column read all.
   */
  public TableScan scan() {
    return TableScan.ALL.withColumns(List.copyOf(columns()));
  }

  /**
   * Reads the text form.
   *
   * @throws QilinException DATA_FORMAT with the line, a caret below the place, and what was expected
   */
  public static TableRules parse(String text) {
    return new RuleParser(text).rules();
  }

  /** The text form, which {@link #parse} reads. */
  @Override
  public String toString() {
    return RuleText.of(this);
  }
}
