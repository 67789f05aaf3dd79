package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;
import java.util.Objects;

/**
 * One thing that a table should fulfil.
 *
 * <pre>{@code
 * TableRule.of(new TableCheck.Range("pct", -0.2, 0.2)).where(new RowCondition.Texts("board", true, Set.of("STAR")))
 * }</pre>
 *
 * @param name kebab-case, unique among the rules of a table
 * @param dimension the side of quality it counts for
 * @param severity how much it matters when it is broken; CRITICAL caps the overall score at 0.5
 * @param where the rows it looks at: those that fulfil all of these
 * @param check what it asks
 */
public record TableRule(
    String name,
    QualityDimension dimension,
    QualitySeverity severity,
    List<RowCondition> where,
    TableCheck check) {
  private static final int LONGEST_NAME = 100;

  /**
   * Checks the name and copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT for a name that is not made of letters, digits and single hyphens
   */
  public TableRule {
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(check, "check");
    where = List.copyOf(where);
    if (name.length() > LONGEST_NAME || !isName(name)) {
      throw QilinException.invalid("a rule's name is made of letters, digits and hyphens, at most "
          + LONGEST_NAME + " of them, was " + QilinException.quote(name));
    }
  }

  /** A rule named after what it asks, of its own dimension, severity ERROR, for all rows. */
  public static TableRule of(TableCheck check) {
    return new TableRule(
        RuleText.nameOf(check), check.dimension(), QualitySeverity.ERROR, List.of(), check);
  }

  /** The same under another name. */
  public TableRule named(String value) {
    return new TableRule(value, dimension, severity, where, check);
  }

  /** The same, counting for another dimension. */
  public TableRule counting(QualityDimension value) {
    return new TableRule(name, value, severity, where, check);
  }

  /** The same of another severity. */
  public TableRule severity(QualitySeverity value) {
    return new TableRule(name, dimension, value, where, check);
  }

  /** The same for those of its rows only that fulfil a condition too. */
  public TableRule where(RowCondition condition) {
    List<RowCondition> all = new java.util.ArrayList<>(where);
    all.add(condition);
    return new TableRule(name, dimension, severity, all, check);
  }

  /** The rule as a line that {@link TableRules#parse} reads. */
  @Override
  public String toString() {
    return RuleText.line(this);
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c))
        && name.charAt(0) != '-';
  }
}
