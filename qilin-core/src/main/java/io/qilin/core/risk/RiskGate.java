package io.qilin.core.risk;

import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The veto before an order is sent: it passes only if every rule passes it, whatever its score.
 *
 * <p>Fails closed: a rule that throws, or that returns no verdict, is a rejection in the rule's
 * name. Only errors after which the machine itself cannot be trusted (out of memory) go through to
 * the caller; then nothing is sent either. Stateless apart from its rules and as thread-safe as
 * they are.
 */
public final class RiskGate {
  private final List<RiskRule> rules;

  private RiskGate(List<RiskRule> rules) {
    this.rules = rules;
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
    return rules.stream().map(RiskRule::id).toList();
  }

  /** The first objection, or a pass. Later rules are not asked. */
  public RiskVerdict check(Order order, RiskContext context) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(context, "context");
    for (RiskRule rule : rules) {
      RiskVerdict verdict = ask(rule, order, context);
      if (!verdict.passed()) {
        return verdict;
      }
    }
    return RiskVerdict.pass();
  }

  /** All objections, in the order of the rules: what would have to change for the order to pass. */
  public List<RiskVerdict.Reject> objections(Order order, RiskContext context) {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(context, "context");
    List<RiskVerdict.Reject> out = new ArrayList<>();
    for (RiskRule rule : rules) {
      ask(rule, order, context).fold(() -> true, reject -> out.add(reject));
    }
    return List.copyOf(out);
  }

  private static RiskVerdict ask(RiskRule rule, Order order, RiskContext context) {
    try {
      RiskVerdict verdict = rule.check(order, context);
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
