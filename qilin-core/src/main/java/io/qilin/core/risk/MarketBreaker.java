package io.qilin.core.risk;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * Lowers what may be held when the market or the account is in distress. Signs of distress give
 * points:
 *
 * <table>
 *   <caption>Points, those of qilin_stack</caption>
 *   <tr><th>sign</th><th>points</th></tr>
 *   <tr><td>index return at most −3 %, −2 %, −1 %</td><td>4, 2, 1</td></tr>
 *   <tr><td>at least 5 % of the names at limit-down</td><td>3</td></tr>
 *   <tr><td>at most 1 % of the names at limit-up</td><td>2</td></tr>
 *   <tr><td>turnover at most 0.5 %</td><td>1</td></tr>
 *   <tr><td>northbound net purchases at most −10 billion, −5 billion yuan; not known gives
 *       none</td><td>2, 1</td></tr>
 *   <tr><td>the account's day at most −5 %</td><td>2</td></tr>
 *   <tr><td>at least three losing days in a row</td><td>2</td></tr>
 *   <tr><td>drawdown at least 15 %</td><td>3</td></tr>
 * </table>
 *
 * <p>The level is 1 from 3 points on, 2 from 5, 3 from 7, 4 from 9, and 0 below. Each level has a cap
 * on what all shares may be worth, which never rises with the level: qilin_stack kept 40 % at level 2
 * but all of it at level 3. Immutable and safe to share.
 *
 * @param caps most that all shares may be worth at the levels 0 to 4 as fractions of the equity, from 0
 *     to 1, not ascending
 */
public record MarketBreaker(List<Double> caps) {
  private static final int[] LEVEL_FROM = {3, 5, 7, 9};
  private static final double BILLION = 1e9;

  /** Caps of 100 %, 70 %, 40 %, 20 % and 0 %. */
  public static final MarketBreaker DEFAULT = new MarketBreaker(List.of(1.0, 0.7, 0.4, 0.2, 0.0));

  /**
   * Checks the caps.
   *
   * @throws QilinException INVALID_ARGUMENT unless there are five fractions that do not ascend
   */
  public MarketBreaker {
    caps = List.copyOf(caps);
    boolean valid = caps.size() == LEVEL_FROM.length + 1;
    for (int i = 0; valid && i < caps.size(); i++) {
      valid = caps.get(i) >= 0 && caps.get(i) <= (i == 0 ? 1 : caps.get(i - 1));
    }
    if (!valid) {
      throw QilinException.invalid(
          "caps are five fractions from 0 to 1 that do not rise with the level, were " + caps);
    }
  }

  /** The points of a day. */
  public int score(MarketDay day) {
    Objects.requireNonNull(day, "day");
    return fall(day.indexReturn())
        + (day.limitDownShare() >= 0.05 ? 3 : 0)
        + (day.limitUpShare() <= 0.01 ? 2 : 0)
        + (day.turnover() <= 0.005 ? 1 : 0)
        + outflow(day.northbound().orElse(0))
        + (day.dayReturn() <= -0.05 ? 2 : 0)
        + (day.losingDays() >= 3 ? 2 : 0)
        + (day.drawdown() >= 0.15 ? 3 : 0);
  }

  private static int fall(double indexReturn) {
    return indexReturn <= -0.03 ? 4 : indexReturn <= -0.02 ? 2 : indexReturn <= -0.01 ? 1 : 0;
  }

  private static int outflow(double yuan) {
    return yuan <= -10 * BILLION ? 2 : yuan <= -5 * BILLION ? 1 : 0;
  }

  /** The level of a day, 0 to 4. */
  public int level(MarketDay day) {
    int score = score(day);
    int level = 0;
    for (int from : LEVEL_FROM) {
      level += score >= from ? 1 : 0;
    }
    return level;
  }

  /** Most that all shares may be worth on a day, as a fraction of the equity. */
  public double cap(MarketDay day) {
    return caps.get(level(day));
  }
}
