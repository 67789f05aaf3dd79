package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.rules.Commission;
import java.util.Objects;

/**
 * How orders are filled where the exchange's rules leave it open.
 *
 * @param fillMode what happens at a sealed limit
 * @param participation most of a day's (or minute's) volume that the account may be, a fraction
 * @param slippageBps how much worse than the bar's price a fill is, in hundredths of a percent;
 *     never beyond the day's limits or the order's own
 * @param commission what the broker charges
 */
public record ExchangeSettings(
    FillMode fillMode, double participation, double slippageBps, Commission commission) {
  /** PESSIMISTIC, 10 % of the volume, no slippage, the usual commission. */
  public static final ExchangeSettings DEFAULT =
      new ExchangeSettings(FillMode.PESSIMISTIC, 0.1, 0, Commission.DEFAULT);

  private static final double MOST_SLIPPAGE = 1000;

  /**
   * Checks the numbers.
   *
   * @throws QilinException INVALID_CONFIGURATION unless participation is in (0, 1] and slippage from
   *     0 to 1000
   */
  public ExchangeSettings {
    Objects.requireNonNull(fillMode, "fillMode");
    Objects.requireNonNull(commission, "commission");
    if (!(participation > 0 && participation <= 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "participation is a fraction in (0, 1], was " + participation);
    }
    if (!(slippageBps >= 0 && slippageBps <= MOST_SLIPPAGE)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "slippage is 0 to 1000 hundredths of a percent, was " + slippageBps);
    }
  }

  /** The same with another fill mode. */
  public ExchangeSettings fillMode(FillMode mode) {
    return new ExchangeSettings(mode, participation, slippageBps, commission);
  }

  /** The same with another share of the volume. */
  public ExchangeSettings participation(double fraction) {
    return new ExchangeSettings(fillMode, fraction, slippageBps, commission);
  }

  /** The same with another slippage. */
  public ExchangeSettings slippageBps(double bps) {
    return new ExchangeSettings(fillMode, participation, bps, commission);
  }

  /** The same with another commission. */
  public ExchangeSettings commission(Commission charged) {
    return new ExchangeSettings(fillMode, participation, slippageBps, charged);
  }
}
