package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * One seat in a Dragon-Tiger list (龙虎榜席位). A share has a list for each reason and window; a seat may stand among the
 * buyers and among the sellers of one list, with the same two amounts, and must be counted once.
 *
 * @param of the share
 * @param date the trading day of the list
 * @param asOf when it became public, in the evening of that day
 * @param source who says so
 * @param reasonCode why the share is listed (上榜原因)
 * @param windowDays the days that the amounts cover: 1 or 3
 * @param side among whom the seat is listed
 * @param seatId the seat's code at the source; may be empty
 * @param seatName the seat (营业部, 机构专用)
 * @param buy what the seat bought in yuan; {@code NaN} if not known
 * @param sell what the seat sold in yuan; {@code NaN} if not known
 * @param dayAmount what was traded in the share over the window in yuan; {@code NaN} if not known
 */
public record LhbSeatRow(
    Symbol of,
    LocalDate date,
    Instant asOf,
    Provenance source,
    String reasonCode,
    int windowDays,
    SeatSide side,
    String seatId,
    String seatName,
    double buy,
    double sell,
    double dayAmount)
    implements MarketRecord {
  /** Among whom a seat is listed. */
  public enum SeatSide {
    /** The five largest buyers. */
    BUY5,
    /** The five largest sellers. */
    SELL5
  }

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a window other than 1 or 3 days, an empty reason or name, a negative or
   *     infinite amount, or an asOf before the close
   */
  public LhbSeatRow {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(side, "side");
    RecordChecks checks = RecordChecks.of("a seat of the Dragon-Tiger list", of);
    checks.name("reasonCode", reasonCode);
    checks.text("seatId", seatId);
    checks.name("seatName", seatName);
    if (windowDays != 1 && windowDays != 3) {
      throw checks.wrong("windowDays is 1 or 3, was " + windowDays);
    }
    checks.amount("buy", buy);
    checks.amount("sell", sell);
    checks.amount("dayAmount", dayAmount);
    checks.publicAfter(PublicationTimes.closeOf(date), asOf);
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }

  /** The close of the day. */
  @Override
  public Instant eventTime() {
    return PublicationTimes.closeOf(date);
  }
}
