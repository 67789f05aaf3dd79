package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Which rows of a table to read. A row whose cell is not known is not accepted. */
public sealed interface TableFilter {
  /** The column that it looks at. */
  String column();

  /**
   * Rows of some days. The column holds days, or moments, which are taken as days in Shanghai.
   *
   * @param column the name of a DATE or TIMESTAMP column
   * @param from first day
   * @param to last day
   */
  record Days(String column, LocalDate from, LocalDate to) implements TableFilter {
    /**
     * Checks the span.
     *
     * @throws QilinException INVALID_ARGUMENT if to is before from
     */
    public Days {
      Objects.requireNonNull(column, "column");
      if (to.isBefore(from)) {
        throw QilinException.invalid("the days end on " + to + ", before they begin on " + from);
      }
    }
  }

  /**
   * Rows with one of some texts.
   *
   * @param column the name of a TEXT column
   * @param texts the texts
   */
  record Texts(String column, Set<String> texts) implements TableFilter {
    /** Copies the set. */
    public Texts {
      Objects.requireNonNull(column, "column");
      texts = Collections.unmodifiableSet(new TreeSet<>(texts));
    }
  }
}
