package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.TradingCalendar;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an answer must be like. An answer that is not counts as a failure of the member that gave it. Besides these rules
 * no answer may be null or empty, hold rows outside the query, or rows of the future.
 *
 * @param fields the fields that bars must have
 * @param halfRows the share of rows, in [0, 1], that may have some of those fields but not all; a row without any is a
 *     day without trading
 * @param instruments the share of the instruments that a query names, in [0, 1], that must be in the answer
 * @param freshBy a calendar by which bars must reach the last day that is public, if asked for; the query's own end and
 *     moment are respected
 */
public record AnswerRules(
    Set<Field> fields, double halfRows, double instruments, Optional<TradingCalendar> freshBy) {
  /** Open, high, low, close and volume; at most 1 % of half rows; half of the instruments; any last day. */
  public static final AnswerRules DEFAULT = new AnswerRules(
      Set.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME),
      0.01,
      0.5,
      Optional.empty());

  /**
   * Copies the set and checks the shares.
   *
   * @throws QilinException INVALID_CONFIGURATION if a share is outside [0, 1]
   */
  public AnswerRules {
    fields = Collections.unmodifiableSet(new TreeSet<>(fields));
    Objects.requireNonNull(freshBy, "freshBy");
    if (!(halfRows >= 0 && halfRows <= 1 && instruments >= 0 && instruments <= 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "shares of rows and instruments are in [0, 1], were " + halfRows + " and " + instruments);
    }
  }

  /** The same rules for other fields. */
  public AnswerRules withFields(Set<Field> required) {
    return new AnswerRules(required, halfRows, instruments, freshBy);
  }

  /** The same rules, and bars must reach the last day that is public by the calendar. */
  public AnswerRules freshBy(TradingCalendar calendar) {
    return new AnswerRules(fields, halfRows, instruments, Optional.of(calendar));
  }
}
