package io.qilin.restsource;

import java.util.List;
import java.util.Objects;

/**
 * How it is known when a row became public. It never comes from the clock of the fetch: what is fetched today about last
 * year was public last year, and what was announced today was not.
 *
 * @param rule how the moment follows from the columns
 * @param from columns of the answer; the first that has a value counts
 */
public record Publication(Rule rule, List<String> from) {
  /** How a moment follows from a column. */
  public enum Rule {
    /** As the event itself: nothing is read, the record's {@code eventTime} counts. */
    EVENT,
    /** The column is the moment, as ISO-8601 with an offset, or {@code uuuu-MM-dd HH:mm:ss} in Asia/Shanghai. */
    MOMENT,
    /** The column is a day; its figures are public at 15:30. */
    DAILY_FIGURES,
    /** The column is the day of a Dragon-Tiger list, public at the midnight that ends it. */
    LHB,
    /** The column is the day of an announcement, taken as public at the midnight that ends it. */
    ANNOUNCEMENT,
    /** The column is a trading day; its margin lending is public at 09:00 of the next one. */
    MARGIN
  }

  /** Copies the list. */
  public Publication {
    Objects.requireNonNull(rule, "rule");
    from = List.copyOf(from);
  }

  /** A rule over columns. */
  public static Publication of(Rule rule, String... from) {
    return new Publication(rule, List.of(from));
  }
}
