package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Which rows a rule looks at. A cell that is not known fulfils only {@link Known} with {@code known} false. */
public sealed interface RowCondition {
  /** The column that it looks at. */
  String column();

  /**
   * A number compares with another.
   *
   * @param column numbers, days (as days since 1970), or true and false (as 1 and 0)
   * @param comparison how
   * @param number with what; not {@code NaN}
   */
  record Numbers(String column, Comparison comparison, double number) implements RowCondition {
    /**
     * Checks the number.
     *
     * @throws QilinException INVALID_ARGUMENT for {@code NaN}
     */
    public Numbers {
      Checked.column(column);
      Objects.requireNonNull(comparison, "comparison");
      Checked.known("the number of a condition", number);
    }
  }

  /**
   * A text is one of some, or none of them.
   *
   * @param column texts
   * @param in whether it must be one of them
   * @param texts at least one
   */
  record Texts(String column, boolean in, Set<String> texts) implements RowCondition {
    /**
     * Copies the set.
     *
     * @throws QilinException INVALID_ARGUMENT without a text
     */
    public Texts {
      Checked.column(column);
      texts = Collections.unmodifiableSet(new TreeSet<>(texts));
      if (texts.isEmpty()) {
        throw QilinException.invalid("a condition on texts needs at least one text");
      }
    }
  }

  /**
   * A cell is known, or is not.
   *
   * @param column of any type
   * @param known which
   */
  record Known(String column, boolean known) implements RowCondition {
    /** Checks the column. */
    public Known {
      Checked.column(column);
    }
  }
}
