package io.qilin.core.risk;

import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The pre-trade rules for A-shares. Rules of the exchange come from the dated rule book, limits of
 * the account from {@link RiskSettings}; amounts are exact decimals.
 *
 * <table>
 *   <caption>In the order in which they are asked</caption>
 *   <tr><th>id</th><th>what it forbids</th></tr>
 *   <tr><td>kill-switch</td><td>everything while the switch is on (only where a switch is
 *       given)</td></tr>
 *   <tr><td>board-permission</td><td>buying on a board that is not permitted; what is no A-share or
 *       fund</td></tr>
 *   <tr><td>risk-warning</td><td>buying a share whose warning (ST, *ST, delisting) is not allowed
 *       or not known; more than the daily cap of such shares, what is held
 *       and not yet sellable included</td></tr>
 *   <tr><td>suspended</td><td>a share that did not trade on the last day known</td></tr>
 *   <tr><td>lot</td><td>a size that the exchange does not take</td></tr>
 *   <tr><td>tick</td><td>a price between two ticks</td></tr>
 *   <tr><td>price-limit</td><td>a price outside the session's limits around the last
 *       close</td></tr>
 *   <tr><td>price-cage</td><td>a price outside the cage around the last close, in continuous
 *       trading</td></tr>
 *   <tr><td>sellable</td><td>selling more than is held and was bought before the session
 *       (T+1)</td></tr>
 *   <tr><td>cash</td><td>a buy that the cash does not pay for, with the fees of a usual
 *       commission</td></tr>
 *   <tr><td>single, total, sector</td><td>buying beyond the exposure limits; where sectors are
 *       given, a share whose sector is not known</td></tr>
 *   <tr><td>volume</td><td>buying more than a share of the average daily volume of 20
 *       days</td></tr>
 *   <tr><td>drawdown</td><td>buying after a fall of the equity</td></tr>
 *   <tr><td>position-loss, one-day-stress, locked-stress</td><td>buying what would lose too much at
 *       limit-down, see {@link LockedLimitStress}; a share under delisting counts as a total
 *       loss</td></tr>
 * </table>
 *
 * <p>An ex-date that lies in the session is not known to a rule: the exchange then moves the
 * reference price, and an order near the old price may be refused by the exchange although it
 * passed here.
 *
 * <p>Rules are stateless (the kill switch aside) and safe to share; a rule may throw, which
 * {@link RiskGate} makes a rejection.
 */
public final class RiskRules {
  private RiskRules() {}

  /** All rules but the kill switch. */
  public static List<RiskRule> standard(RiskSettings settings) {
    Objects.requireNonNull(settings, "settings");
    ExchangeRules exchange = new ExchangeRules(settings);
    AccountRules account = new AccountRules(settings);
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
        new NamedRule("drawdown", account::drawdown),
        new NamedRule("position-loss", account::positionLoss),
        new NamedRule("one-day-stress", account::oneDayStress),
        new NamedRule("locked-stress", account::lockedStress));
  }

  /** All rules, the kill switch first. */
  public static List<RiskRule> standard(RiskSettings settings, KillSwitch killSwitch) {
    Objects.requireNonNull(killSwitch, "killSwitch");
    List<RiskRule> rules = new ArrayList<>();
    rules.add(new NamedRule(
        "kill-switch",
        (order, context) -> killSwitch
            .reason()
            .map(reason -> "trading is stopped: " + reason
                + "; nothing is allowed until a person resets the switch")));
    rules.addAll(standard(settings));
    return List.copyOf(rules);
  }

  /** A rule from its name and its objection. */
  private record NamedRule(String id, BiFunction<Order, RiskContext, Optional<String>> objection)
      implements RiskRule {
    @Override
    public RiskVerdict check(Order order, RiskContext context) {
      return objection
          .apply(order, context)
          .<RiskVerdict>map(reason -> new RiskVerdict.Reject(id, reason))
          .orElse(RiskVerdict.pass());
    }

    @Override
    public String toString() {
      return id;
    }
  }
}
