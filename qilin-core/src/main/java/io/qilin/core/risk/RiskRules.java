package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The pre-trade rules for A-shares. Rules of the exchange come from the dated rule book, limits of
 * the account from {@link RiskSettings}; amounts are whole thousandths of a yuan, and a price with
 * finer digits counts as the next mill above.
 *
 * <table>
 *   <caption>In the order in which they are asked; an amount exactly at a limit passes, a fall exactly
 *   at its limit does not</caption>
 *   <tr><th>id</th><th>what it forbids</th><th>made by</th></tr>
 *   <tr><td>kill-switch</td><td>everything while the switch is on</td><td>{@link
 *       #killSwitch}</td></tr>
 *   <tr><td>board-permission</td><td>buying on a board that is not permitted; what is no A-share or
 *       fund</td><td>{@link #standard(RiskSettings)}</td></tr>
 *   <tr><td>risk-warning</td><td>buying a share whose warning (ST, *ST, delisting) is not allowed
 *       or not known; more than the daily cap of such shares, what was bought in the session
 *       included</td><td>standard</td></tr>
 *   <tr><td>suspended</td><td>a share that did not trade on the last day
 *       known</td><td>standard</td></tr>
 *   <tr><td>lot</td><td>a size that the exchange does not take</td><td>standard</td></tr>
 *   <tr><td>tick</td><td>a price between two ticks</td><td>standard</td></tr>
 *   <tr><td>price-limit</td><td>a price outside the session's limits around the last
 *       close</td><td>standard</td></tr>
 *   <tr><td>price-cage</td><td>a price outside the cage around the last close, in continuous
 *       trading</td><td>standard</td></tr>
 *   <tr><td>sellable</td><td>selling more than is held and was bought before the session
 *       (T+1)</td><td>standard</td></tr>
 *   <tr><td>cash</td><td>a buy that the cash does not pay for, with the fees of a usual
 *       commission</td><td>standard</td></tr>
 *   <tr><td>single, total, sector</td><td>buying beyond the exposure limits; where sectors are
 *       given, a share whose sector is not known</td><td>standard</td></tr>
 *   <tr><td>volume</td><td>buying more than a share of the average daily volume of 20
 *       days</td><td>standard</td></tr>
 *   <tr><td>drawdown</td><td>buying after a fall of the equity from its high</td><td>standard</td></tr>
 *   <tr><td>daily-loss</td><td>buying after a fall of the equity since the start of the day, where
 *       that is given</td><td>standard</td></tr>
 *   <tr><td>position-loss, one-day-stress, two-day-stress, locked-stress</td><td>buying what would
 *       lose too much at limit-down on one, two or three days, see {@link LockedLimitStress}; a share
 *       under delisting counts as a total loss</td><td>standard</td></tr>
 *   <tr><td>liquidity</td><td>buying a share of too small a volume or turnover</td><td>{@link
 *       #liquidity}</td></tr>
 *   <tr><td>value-at-risk</td><td>buying what would make the value at risk of the portfolio too
 *       large</td><td>{@link #valueAtRisk(RiskSettings)}</td></tr>
 *   <tr><td>expected-shortfall</td><td>the same for the mean loss of the bad days</td><td>{@link
 *       #expectedShortfall}</td></tr>
 *   <tr><td>market-breaker</td><td>buying beyond the cap of the market's level</td><td>{@link
 *       #marketBreaker}</td></tr>
 *   <tr><td>extreme-move</td><td>buying a share that moves too much today</td><td>{@link
 *       #extremeMove}</td></tr>
 * </table>
 *
 * <p>An ex-date that lies in the session is not known to a rule: the exchange then moves the
 * reference price, and an order near the old price may be refused by the exchange although it
 * passed here.
 *
 * <p>Rules are stateless (what the host hands them aside) and safe to share; a rule may throw, which
 * {@link RiskGate} makes a rejection.
 */
public final class RiskRules {
  private RiskRules() {}

  /** The rules of the exchange and of the account, which need nothing but the settings. */
  public static List<SessionRule> standard(RiskSettings settings) {
    Objects.requireNonNull(settings, "settings");
    ExchangeRules exchange = new ExchangeRules(settings);
    AccountRules account = new AccountRules(settings);
    LossRules loss = new LossRules(settings);
    return List.of(
        new NamedRule("board-permission", exchange::board),
        new NamedRule("risk-warning", exchange::warning),
        new NamedRule("suspended", exchange::suspended),
        new NamedRule("lot", exchange::lot),
        new NamedRule("tick", exchange::tick),
        new NamedRule("price-limit", exchange::priceLimit),
        new NamedRule("price-cage", exchange::priceCage),
        new NamedRule("sellable", exchange::sellable),
        new NamedRule("cash", account::cash),
        new NamedRule("single", account::single),
        new NamedRule("total", account::total),
        new NamedRule("sector", account::sector),
        new NamedRule("volume", account::volume),
        new NamedRule("drawdown", loss::drawdown),
        new NamedRule("daily-loss", loss::dailyLoss),
        new NamedRule("position-loss", loss::positionLoss),
        new NamedRule("one-day-stress", loss::oneDayStress),
        new NamedRule("two-day-stress", loss::twoDayStress),
        new NamedRule("locked-stress", loss::lockedStress));
  }

  /** The same with the kill switch first. */
  public static List<SessionRule> standard(RiskSettings settings, KillSwitch killSwitch) {
    List<SessionRule> rules = new ArrayList<>();
    rules.add(killSwitch(killSwitch));
    rules.addAll(standard(settings));
    return List.copyOf(rules);
  }

  /**
   * All rules that can be judged from settings, history and account: {@link #standard(RiskSettings,
   * KillSwitch)}, {@link #liquidity} and {@link #valueAtRisk(RiskSettings)}. The last two need free
   * floats and a history of at least 61 days with {@code $factor}.
   */
  public static List<SessionRule> full(RiskSettings settings, KillSwitch killSwitch) {
    List<SessionRule> rules = new ArrayList<>(standard(settings, killSwitch));
    rules.add(liquidity(settings));
    rules.add(valueAtRisk(settings));
    return List.copyOf(rules);
  }

  /** Nothing while the switch is on, neither buys nor sales. */
  public static SessionRule killSwitch(KillSwitch killSwitch) {
    Objects.requireNonNull(killSwitch, "killSwitch");
    return new NamedRule(
        "kill-switch",
        (order, session) -> killSwitch
            .reason()
            .map(reason -> "trading is stopped: " + reason
                + "; nothing is allowed until a person resets the switch"));
  }

  /**
   * A rule whose objection turns the switch on: for {@code drawdown} and {@code daily-loss}, after
   * which a person is to look before anything more is traded. An order that it cannot judge is refused
   * as ever and leaves the switch. A switch that is on stops later orders in a gate that has {@link
   * #killSwitch}.
   */
  public static SessionRule tripping(SessionRule rule, KillSwitch killSwitch) {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(killSwitch, "killSwitch");
    return new TrippingRule(rule, killSwitch);
  }

  /** No buy of a share whose volume or turnover is below that of the settings. */
  public static SessionRule liquidity(RiskSettings settings) {
    return new NamedRule("liquidity", new AccountRules(settings)::liquidity);
  }

  /** {@link #valueAtRisk(ValueAtRisk, double)}, historical at 95 %, with the limit of the settings. */
  public static SessionRule valueAtRisk(RiskSettings settings) {
    return valueAtRisk(ValueAtRisk.HISTORICAL_95, settings.valueAtRisk());
  }

  /**
   * No buy after which the value at risk of the portfolio is above a limit. It is taken from what the
   * present holdings would have gained on the last 250 days, of which each share needs at least 60
   * adjusted returns; a day without trading counts as no change, days before a share's first return
   * repeat its own. The order's effect is computed anew each time.
   *
   * @param limit most that may be lost as a fraction of the equity, in (0, 1]
   * @throws QilinException INVALID_CONFIGURATION if the limit is out of range
   */
  public static SessionRule valueAtRisk(ValueAtRisk measure, double limit) {
    return new NamedRule("value-at-risk", tail(measure, false, limit)::judge);
  }

  /** No buy after which the expected shortfall is above a limit; as {@link #valueAtRisk}. */
  public static SessionRule expectedShortfall(ValueAtRisk measure, double limit) {
    return new NamedRule("expected-shortfall", tail(measure, true, limit)::judge);
  }

  private static TailRule tail(ValueAtRisk measure, boolean shortfall, double limit) {
    Objects.requireNonNull(measure, "measure");
    if (!(limit > 0 && limit <= 1)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a limit of a loss is a fraction in (0, 1], was " + limit);
    }
    return new TailRule(measure, shortfall, limit);
  }

  /**
   * No buy beyond the cap of the market's level.
   *
   * @param today the market as it is when an order is judged; what it throws refuses the order
   */
  public static SessionRule marketBreaker(MarketBreaker breaker, Supplier<MarketDay> today) {
    return new NamedRule("market-breaker", new BreakerRule(breaker, today)::judge);
  }

  /**
   * No buy of a share that moves too much.
   *
   * @param moves what a share has done today; empty or unknown refuses the order
   */
  public static SessionRule extremeMove(
      ExtremeMove limits, Function<Symbol, Optional<IntradayMove>> moves) {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(moves, "moves");
    return new NamedRule(
        "extreme-move",
        (order, session) -> order.side() == Side.SELL
            ? Optional.empty()
            : limits.objection(moves
                .apply(order.symbol())
                .orElseThrow(() -> new QilinException(
                    ErrorCode.DATA_NOT_FOUND,
                    "what " + order.symbol() + " does today is not known; supply its move"))));
  }

  /** A rule from its name and its objection. */
  private record NamedRule(String id, BiFunction<Order, RiskSession, Optional<String>> objection)
      implements SessionRule {
    @Override
    public RiskVerdict judge(Order order, RiskSession session) {
      Optional<String> reason = objection.apply(order, session);
      return reason.isEmpty() ? RiskVerdict.pass() : new RiskVerdict.Reject(id, reason.get());
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** A rule and the switch that its rejection turns on. */
  private record TrippingRule(SessionRule rule, KillSwitch killSwitch) implements SessionRule {
    @Override
    public String id() {
      return rule.id();
    }

    @Override
    public RiskVerdict judge(Order order, RiskSession session) {
      RiskVerdict verdict = rule.judge(order, session);
      if (verdict instanceof RiskVerdict.Reject reject) {
        killSwitch.trip(id() + ": " + reject.reason());
      }
      return verdict;
    }
  }
}
