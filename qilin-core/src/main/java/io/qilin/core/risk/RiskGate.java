package io.qilin.core.risk;

import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.PlannedOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The veto before an order is sent: it passes only if every rule passes it, whatever its score.
 *
 * <p>Fails closed: a rule that throws, or that returns no verdict, is a rejection in the rule's
 * name. Only errors after which the machine itself cannot be trusted (out of memory) go through to
 * the caller; then nothing is sent either. Stateless apart from its rules and as thread-safe as
 * they are.
 *
 * <p>Orders that are sent together are judged in one {@link RiskSession}, which is prepared once and
 * counts those accepted before; a check then allocates nothing but the reason of a rejection.
 */
public final class RiskGate {
  private final RiskRule[] rules;

  private RiskGate(List<RiskRule> rules) {
    this.rules = rules.toArray(RiskRule[]::new);
  }

  /**
   * A gate with the given rules, which are asked in this order.
   *
   * @throws QilinException INVALID_ARGUMENT without any rule, or if two rules have one id
   */
  public static RiskGate of(List<? extends RiskRule> rules) {
    List<RiskRule> copy = List.copyOf(rules);
    if (copy.isEmpty()) {
      throw QilinException.invalid("a risk gate needs at least one rule, or everything would pass");
    }
    Set<String> ids = new HashSet<>();
    for (RiskRule rule : copy) {
      if (!ids.add(Objects.requireNonNull(rule.id(), "id"))) {
        throw QilinException.invalid(
            "two risk rules have the id " + QilinException.quote(rule.id()));
      }
    }
    return new RiskGate(copy);
  }

  /** A gate with {@link RiskRules#standard(RiskSettings)}. */
  public static RiskGate standard(RiskSettings settings) {
    return of(RiskRules.standard(settings));
  }

  /** The ids of the rules, in the order in which they are asked. */
  public List<String> rules() {
    return Arrays.stream(rules).map(RiskRule::id).toList();
  }

  /** The first objection, or a pass. Later rules are not asked. */
  public RiskVerdict check(Order order, RiskContext context) {
    return check(order, RiskSession.of(context));
  }

  /** The first objection, or a pass; the session is not changed. Later rules are not asked. */
  public RiskVerdict check(Order order, RiskSession session) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(session, "session");
    for (RiskRule rule : rules) {
      RiskVerdict verdict = ask(rule, order, session);
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return RiskVerdict.pass();
  }

  /** All objections, in the order of the rules: what would have to change for the order to pass. */
  public List<RiskVerdict.Reject> objections(Order order, RiskContext context) {
    return objections(order, RiskSession.of(context));
  }

  /** All objections in a session, which is not changed. */
  public List<RiskVerdict.Reject> objections(Order order, RiskSession session) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(session, "session");
    List<RiskVerdict.Reject> out = new ArrayList<>();
    for (RiskRule rule : rules) {
      ask(rule, order, session).fold(() -> true, reject -> out.add(reject));
    }
    return List.copyOf(out);
  }

  /**
   * Judges planned orders one after another; the session accepts each that passes, so that those after
   * it are judged with it. A price that cannot be given is a rejection named {@code price}; an order
   * that passes but cannot be accepted, as the rules leave out cash or holdings, one named {@code
   * account}.
   *
   * @param orders in the order in which they are to be sent
   * @param price the limit price in yuan of an order that states none, for example {@link
   *     RiskSession#worstPrice}
   * @return one review for each order, in their order
   */
  public List<RiskReview> review(
      List<PlannedOrder> orders, RiskSession session, Function<PlannedOrder, BigDecimal> price) {
    List<RiskReview> out = new ArrayList<>(orders.size());
    for (PlannedOrder planned : orders) {
      out.add(new RiskReview(planned, review(planned, session, price)));
    }
    return List.copyOf(out);
  }

  private RiskVerdict review(
      PlannedOrder planned, RiskSession session, Function<PlannedOrder, BigDecimal> price) {
    Order order;
    try {
      order = planned.order(price.apply(planned));
    } catch (RuntimeException e) {
      return new RiskVerdict.Reject("price", "the order could not be priced: " + reason(e));
    }
    RiskVerdict verdict = check(order, session);
    if (!verdict.passed()) {
      return verdict;
    }
    try {
      session.accept(order);
      return verdict;
    } catch (QilinException e) {
      return new RiskVerdict.Reject("account", reason(e));
    }
  }

  private static RiskVerdict ask(RiskRule rule, Order order, RiskSession session) {
    try {
      RiskVerdict verdict = rule instanceof SessionRule prepared
          ? prepared.judge(order, session)
          : rule.check(order, session.context());
      return verdict != null
          ? verdict
          : new RiskVerdict.Reject(rule.id(), "the rule gave no verdict");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return new RiskVerdict.Reject(rule.id(), "the rule could not judge the order: " + reason(e));
    }
  }

  private static String reason(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    if (failure instanceof QilinException && message != null) {
      return message;
    }
    return message == null ? name : name + " " + QilinException.quote(message);
  }
}
