package io.qilin.core.rules;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What holds for the shares of one board, with one risk warning, on one date. Obtained from {@link
 * DatedRules#rule}. Immutable and safe to share.
 */
public final class BoardRules {
  private final RuleTables tables;
  private final LocalDate date;
  private final Board board;
  private final RiskWarning warning;
  private final LimitRate rate;
  private final long tickMills;

  BoardRules(
      RuleTables tables,
      LocalDate date,
      Board board,
      RiskWarning warning,
      LimitRate rate,
      long tickMills) {
    this.tables = tables;
    this.date = date;
    this.board = board;
    this.warning = warning;
    this.rate = rate;
    this.tickMills = tickMills;
  }

  /** The date for which the rules were asked. */
  public LocalDate date() {
    return date;
  }

  /** The board. */
  public Board board() {
    return board;
  }

  /** The risk warning. */
  public RiskWarning warning() {
    return warning;
  }

  /** The smallest price step in thousandths of a yuan: 10 for shares, 1 for funds. */
  public long tickMills() {
    return tickMills;
  }

  /** The daily limit in percent of the reference price, first days aside; for example 10. */
  public int limitPercent() {
    return rate.upPercent();
  }

  /**
   * The day's price limits.
   *
   * @param referencePrice the exchange's reference price in raw yuan: the previous close, ex-right
   *     adjusted on an ex-date (see {@link ReferencePrice}), the issue price on the first day of a
   *     listing; a value off the tick is first taken to the nearest thousandth of a yuan and then
   *     half up to the tick
   * @param listingDay 1 on the first trading day of the listing, 2 on the next, and so on; 0 if
   *     long ago or not known
   * @return empty on a day without limit
   * @throws QilinException INVALID_ARGUMENT unless the reference price is a number of yuan of at
   *     least half a tick and listingDay is not negative
   */
  public Optional<PriceLimits> limits(double referencePrice, int listingDay) {
    return limits(referencePrice, LimitEvent.LISTING, listingDay);
  }

  /**
   * The day's price limits, counted from any event that gives its first days a limit of their own.
   *
   * @param referencePrice as in {@link #limits(double, int)}
   * @param event what the day is counted from
   * @param day 1 on the first trading day of the event, 2 on the next, and so on; 0 if long ago or
   *     not known
   * @return empty on a day without limit
   * @throws QilinException as {@link #limits(double, int)}
   */
  public Optional<PriceLimits> limits(double referencePrice, LimitEvent event, int day) {
    return rate(event, day).map(found -> found.around(referenceMills(referencePrice), tickMills));
  }

  /** The rate that applies on a day counted from an event; empty on a day without limit. */
  Optional<LimitRate> rate(LimitEvent event, int day) {
    Optional<FirstDays> first = firstDays(event, day);
    return first.isPresent() ? first.get().limit() : Optional.of(rate);
  }

  /**
   * The limits of the opening auction on the first day of a listing, where they are narrower than
   * the day's: ±20 % of the issue price for listings from 2014 to 2023-04-09 on the main boards and
   * to 2020-08-23 on ChiNext.
   *
   * @param issuePrice the issue price in yuan
   * @param listingDay as in {@link #limits(double, int)}
   * @return empty where the auction has the day's limits
   * @throws QilinException as {@link #limits(double, int)}
   */
  public Optional<PriceLimits> openingAuctionLimits(double issuePrice, int listingDay) {
    return firstDays(LimitEvent.LISTING, listingDay)
        .flatMap(FirstDays::auctionLimit)
        .map(found -> found.around(referenceMills(issuePrice), tickMills));
  }

  /** The order sizes. */
  public LotRule lots() {
    return tables.lots(board, date);
  }

  /** The cage of limit orders in continuous trading; empty where the board had none. */
  public Optional<PriceCage> cage() {
    return tables.cage(board, date, tickMills);
  }

  /** The phases of the trading day. */
  public Sessions sessions() {
    return tables.sessions(board, date);
  }

  /** When purchases may be sold. */
  public Settlement settlement() {
    return tables.board(board).settlement();
  }

  /**
   * The halts on a day without price limit, smallest move first; empty where the board had none.
   */
  public List<NoLimitHalt> noLimitHalts() {
    return tables.halts(board, date);
  }

  /** Most shares of one such name that an investor may buy a day; only for ST and *ST. */
  public OptionalLong dailyBuyCap() {
    boolean warned = warning == RiskWarning.ST || warning == RiskWarning.STAR_ST;
    return warned ? tables.dailyBuyCap(board, date) : OptionalLong.empty();
  }

  private long referenceMills(double price) {
    long mills = PriceLimits.mills(price);
    if (mills < (tickMills + 1) / 2) {
      throw QilinException.invalid("a reference price is at least one tick, was " + price);
    }
    return mills;
  }

  /**
   * The rule of the first days in force when the event happened, if the day is still one of them.
   */
  private Optional<FirstDays> firstDays(LimitEvent event, int day) {
    Objects.requireNonNull(event, "event");
    if (day < 0) {
      throw QilinException.invalid(
          "the day of the " + event + " counts from 1; 0 if not known; was " + day);
    }
    if (day == 0 || day > RuleTables.MOST_FIRST_DAYS) {
      return Optional.empty();
    }
    return tables
        .firstDays(board, event, weekdaysBack(date, day - 1))
        .filter(first -> day <= first.days());
  }

  /**
   * Steps back over weekdays, which dates an event of a few trading days ago exactly enough: the
   * only rules of more than one first day began on 2019-07-22, 2020-08-24 and 2023-04-10, and the
   * five weekdays from each of these were all trading days. So no holiday is ever stepped over
   * between a day and the change that decides it.
   */
  private static LocalDate weekdaysBack(LocalDate date, int steps) {
    LocalDate at = date;
    for (int left = steps; left > 0; ) {
      at = at.minusDays(1);
      if (at.getDayOfWeek() != DayOfWeek.SATURDAY && at.getDayOfWeek() != DayOfWeek.SUNDAY) {
        left--;
      }
    }
    return at;
  }

  /** For example {@code BoardRules[STAR, NONE, 2024-01-02]}. */
  @Override
  public String toString() {
    return "BoardRules[" + board + ", " + warning + ", " + date + "]";
  }
}
