package io.qilin.core.performance;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;

/** What traded of each share on each day, in yuan (成交额). */
@FunctionalInterface
public interface DayAmounts {
  /** Yuan that traded; 0 or {@code NaN} where nothing did or it is not known. */
  double amount(LocalDate day, Symbol symbol);

  /**
   * The amounts of a panel: {@code amount} where it has that field, else {@code volume · close}.
   *
   * @param panel with amounts, or raw prices and volumes
   * @throws QilinException DATA_NOT_FOUND if the panel has neither
   */
  static DayAmounts of(Panel panel) {
    boolean direct = panel.has(Field.AMOUNT);
    if (!direct && !(panel.has(Field.VOLUME) && panel.has(Field.CLOSE))) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "what traded needs the field amount, or volume and close; the panel has "
              + panel.fields());
    }
    return (day, symbol) -> {
      int at = Collections.binarySearch(panel.days(), day);
      Optional<Integer> found = panel.find(symbol);
      if (at < 0 || found.isEmpty()) {
        return Double.NaN;
      }
      int instrument = found.get();
      return direct
          ? panel.value(Field.AMOUNT, instrument, at)
          : panel.value(Field.VOLUME, instrument, at) * panel.value(Field.CLOSE, instrument, at);
    };
  }
}
