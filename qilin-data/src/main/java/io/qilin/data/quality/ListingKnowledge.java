package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.TradingCalendar;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitCase;
import io.qilin.core.rules.LimitEvent;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import io.qilin.data.internal.DailyRules;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The price limits of the rows of one instrument, asked in order, from what is known about its listing. Where something
 * is not known, the widest limits that are possible are given: no warning, and for an instrument whose data begins after
 * the data set does, a new listing.
 */
final class ListingKnowledge {
  /** After a longer gap the exchange may have set no limit. */
  private static final int LONG_HALT = 60;

  /** More own trading days than any event gives a limit of their own. */
  private static final int FIRST_DAYS = 10;

  /** Reference prices outside these, in yuan, are none. */
  private static final double LOWEST = 0.01;

  private static final double HIGHEST = 1e6;

  /** More calendar days than the first trading days of a listing ever take. */
  private static final int FIRST_DAYS_OVER = 31;

  private final Series series;
  private final DailyRules rules;
  private final @Nullable SecurityTimeline timeline;
  private final @Nullable TradingCalendar calendar;
  private final @Nullable Board boardOfCode;
  private final double[] close;
  private int ordinal;
  private int current = -1;
  private boolean resumed;

  ListingKnowledge(Series series, DailyRules rules, QualityInput input) {
    this.series = series;
    this.close = series.column(Field.CLOSE);
    this.rules = rules;
    this.timeline = input.securities().get(series.symbol());
    this.calendar = input.calendar().orElse(null);
    this.boardOfCode = MarketRuleBook.boardOf(series.symbol()).orElse(null);
  }

  /** Whether any rule can be known. */
  boolean hasBoard() {
    return boardOfCode != null || timeline != null;
  }

  /** Goes on to the next row that exists. */
  void advance(int row) {
    ordinal++;
    resumed = current >= 0 && row - current > LONG_HALT;
    current = row;
  }

  /**
   * The limits of the current row.
   *
   * @param reference its reference price in raw yuan
   * @return empty if there is no limit that day or none is known
   */
  Optional<PriceLimits> limits(double reference) {
    LocalDate day = series.day(current);
    SecurityStatus status = timeline == null ? null : timeline.on(day).orElse(null);
    Board board = status == null ? boardOfCode : status.board();
    RiskWarning warning = status == null ? RiskWarning.NONE : status.riskWarning();
    if (board == null || resumed || !(reference >= LOWEST && reference <= HIGHEST)) {
      return Optional.empty();
    }
    LimitCase limitCase = status == null ? LimitCase.ORDINARY : LimitCase.of(status);
    Optional<BoardRules> rule = rules.find(series.first() + current, board, warning, limitCase);
    if (status != null && warning == RiskWarning.DELISTING) {
      int consolidationDay = daysSince(status.from());
      return rule.flatMap(known -> known.limits(reference, LimitEvent.DELISTING, consolidationDay));
    }
    return rule.flatMap(known -> known.limits(reference, listingDay(status, day)));
  }

  /** Which of the share's own trading days from the date on the current row is: 1 for the first; 0 if long ago. */
  private int daysSince(LocalDate from) {
    int count = 0;
    for (int row = current; row >= 0 && !series.day(row).isBefore(from); row--) {
      count += Double.isNaN(close[row]) ? 0 : 1;
      if (count > FIRST_DAYS) {
        return 0;
      }
    }
    return count;
  }

  private int listingDay(@Nullable SecurityStatus status, LocalDate day) {
    LocalDate listed = status == null ? null : status.listDate().orElse(null);
    if (listed == null || listed.isAfter(day)) {
      return series.first() > 0 ? ordinal : 0;
    }
    if (listed.equals(series.day(0))) {
      return ordinal;
    }
    if (listed.plusDays(FIRST_DAYS_OVER).isBefore(day)) {
      return 0;
    }
    boolean known = calendar != null
        && !listed.isBefore(calendar.knownFrom())
        && !day.isAfter(calendar.knownUntil());
    return known && calendar != null ? calendar.count(listed, day) : ordinal;
  }
}
