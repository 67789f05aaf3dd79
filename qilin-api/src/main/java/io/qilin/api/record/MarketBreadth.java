package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the whole market stands at one moment (市场宽度, 情绪), usually the close.
 *
 * @param eventTime when it stood so
 * @param asOf when it became public, not before
 * @param source who says so
 * @param sealed shares sealed at limit-up (涨停), without shares under a risk warning
 * @param broken shares that touched limit-up and left it (炸板)
 * @param limitDown shares at limit-down (跌停)
 * @param advance shares that rose
 * @param decline shares that fell
 * @param totalAmount traded in yuan (成交额); {@code NaN} if not known
 * @param streaks how many of the sealed are at their 1st, 2nd, 3rd … limit-up day in a row (连板高度分布), at most 250
 *     entries; empty if not known
 */
public record MarketBreadth(
    Instant eventTime,
    Instant asOf,
    Provenance source,
    int sealed,
    int broken,
    int limitDown,
    int advance,
    int decline,
    double totalAmount,
    List<Integer> streaks)
    implements MarketRecord {
  private static final int LONGEST_STREAK = 250;

  /**
   * Copies the list and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative count or amount, streaks of more shares than are sealed, or an
   *     asOf before the event
   */
  public MarketBreadth {
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    streaks = List.copyOf(streaks);
    RecordChecks checks = RecordChecks.of("the market's breadth");
    checks.count("sealed", sealed);
    checks.count("broken", broken);
    checks.count("limitDown", limitDown);
    checks.count("advance", advance);
    checks.count("decline", decline);
    checks.amount("totalAmount", totalAmount);
    if (streaks.size() > LONGEST_STREAK) {
      throw checks.wrong("a streak has at most " + LONGEST_STREAK + " days, there are "
          + streaks.size() + " entries");
    }
    long counted = 0;
    for (int shares : streaks) {
      checks.count("streaks", shares);
      counted += shares;
    }
    if (counted > sealed) {
      throw checks.wrong("the streaks count " + counted + " shares, but " + sealed + " are sealed");
    }
    checks.publicAfter(eventTime, asOf);
  }

  /** Broken among those that touched limit-up (炸板率), a fraction; {@code NaN} if none did. */
  public double brokenRate() {
    return (long) sealed + broken == 0 ? Double.NaN : (double) broken / ((long) sealed + broken);
  }

  /** None: it is about the whole market. */
  @Override
  public Optional<Symbol> symbol() {
    return Optional.empty();
  }
}
