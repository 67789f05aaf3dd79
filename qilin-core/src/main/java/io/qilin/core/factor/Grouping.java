package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Optional;

/** What kind of share an instrument is on a day, for example its industry, for the neutral view of a study. */
@FunctionalInterface
public interface Grouping {
  /**
   * The group as known on the day; empty where it is not known, which leaves the instrument out of the neutral view.
   *
   * @param symbol the share
   * @param day the factor's day
   */
  Optional<String> group(Symbol symbol, LocalDate day);

  /**
   * Groups by a field whose values are codes of groups, as {@code CSNeutralize} takes them: equal values are one group.
   *
   * @param panel holds the field; what it lacks, and what is {@code NaN} or infinite in it, has no group
   * @throws QilinException DATA_NOT_FOUND if the panel lacks the field
   */
  static Grouping byField(Panel panel, Field field) {
    if (!panel.has(field)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "groups are to be read from " + field + ", which the panel does not hold; "
              + MissingNames.suggestion(field, panel));
    }
    return (symbol, day) -> {
      int at = DayPlaces.of(panel, day);
      double code = at < 0
          ? Double.NaN
          : panel.find(symbol).map(i -> panel.value(field, i, at)).orElse(Double.NaN);
      return Double.isFinite(code) ? Optional.of(Double.toString(code + 0.0)) : Optional.empty();
    };
  }
}
