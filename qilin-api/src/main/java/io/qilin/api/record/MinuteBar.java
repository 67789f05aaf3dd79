package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What was traded in one minute (分钟线).
 *
 * @param of the instrument
 * @param eventTime the end of the minute
 * @param asOf when it became public, not before its end
 * @param source who says so
 * @param open first price in yuan per share, raw; all four prices are {@code NaN} in a minute without trades
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume shares, not negative
 * @param amount yuan, not negative; {@code NaN} if not known
 * @param phase the part of the session
 */
public record MinuteBar(
    Symbol of,
    Instant eventTime,
    Instant asOf,
    Provenance source,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double amount,
    TradingPhase phase)
    implements MarketRecord {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for prices that are not positive or not in order, missing prices beside a
   *     volume, a volume or amount that cannot be, or an asOf before the event
   */
  public MinuteBar {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(phase, "phase");
    RecordChecks checks = RecordChecks.of("a minute bar", of);
    checks.shares("volume", volume);
    checks.amount("amount", amount);
    boolean empty = volume == 0
        && Double.isNaN(open)
        && Double.isNaN(high)
        && Double.isNaN(low)
        && Double.isNaN(close);
    if (!empty) {
      checks.price("open", open, false);
      checks.price("high", high, false);
      checks.price("low", low, false);
      checks.price("close", close, false);
      if (low > Math.min(open, close) || high < Math.max(open, close)) {
        throw checks.wrong("open " + open + " and close " + close + " lie between low " + low
            + " and high " + high + "; they do not");
      }
    }
    checks.publicAfter(eventTime, asOf);
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }
}
