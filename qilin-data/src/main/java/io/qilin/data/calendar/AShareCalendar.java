package io.qilin.data.calendar;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The trading days of the Shanghai, Shenzhen and Beijing exchanges, which share one calendar, as
 * data: Monday to Friday without the closures that the exchanges announced. Weekends never trade,
 * also when they are decreed make-up workdays. Trading through Stock Connect has days of its own,
 * which are not these.
 *
 * <p>Known from 1990-12-19, the first day of the Shanghai exchange, to 2026-12-31, the last year
 * whose holidays had been decreed. A date beyond is an error, never a guess; a host that has a
 * newer decree builds its own calendar with {@link TradingCalendar#of}.
 *
 * <p>How sure it is: 2015-09-01 to 2020-08-31 is confirmed by market data (the days on which large
 * shares traded). All other days up to 2024-12-31 agree in at least two sources that were compiled
 * independently, those since 2004 in three. 2025 and 2026 are the exchanges' own announcements,
 * which agree with the decreed public holidays. Until 1991-07-03, when the Shenzhen exchange opened
 * officially, the days are Shanghai's. The data file beside this class states the same with more
 * detail.
 */
public final class AShareCalendar {
  private static final String CLOSURES = "a-share-closures.txt";
  private static final TradingCalendar CALENDAR = read();

  private AShareCalendar() {}

  /** The calendar; always the same instance. */
  public static TradingCalendar load() {
    return CALENDAR;
  }

  private static TradingCalendar read() {
    try (InputStream in = AShareCalendar.class.getResourceAsStream(CLOSURES)) {
      if (in == null) {
        throw new QilinException(ErrorCode.INVALID_CONFIGURATION, CLOSURES + " is not in the jar");
      }
      return ClosureTable.parse(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, CLOSURES + " cannot be read", e);
    }
  }
}
