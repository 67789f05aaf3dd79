package io.qilin.api.risk;

import io.qilin.api.trading.Order;

/**
 * A rule that an order must obey before it is sent. A veto: no score outvotes it. Implementations are stateless. A rule
 * that throws counts as a rejection.
 */
public interface RiskRule {
  /** The rule's name, kebab-case and unique in a gate, for example {@code price-limit}. */
  String id();

  /** Judges one order. */
  RiskVerdict check(Order order, RiskContext context);
}
