package io.qilin.security.access;

import io.qilin.security.access.PolicyRule.Effect;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that are about one caller, action and resource, before any circumstance is looked at; so it holds as long as the
 * policy does, and can be kept.
 *
 * @param roles the roles that the caller has
 * @param granted the rule that stands for the permission of a role, if one covers the request
 * @param rules the other rules, denying ones first, then allowing ones, then step-ups
 */
record RuleMatch(Set<String> roles, Optional<PolicyRule> granted, List<PolicyRule> rules) {
  RuleMatch {
    rules = List.copyOf(rules);
  }

  Decision decide(AccessRequest request) {
    for (PolicyRule rule : rules) {
      if (rule.effect() == Effect.DENY && applies(rule, rule.when().test(request))) {
        return new Decision.Deny(rule.id(), "the rule denies it");
      }
    }
    Optional<PolicyRule> allowing = granted.or(() -> rules.stream()
        .filter(rule -> rule.effect() == Effect.ALLOW)
        .filter(rule -> applies(rule, rule.when().test(request)))
        .findFirst());
    if (allowing.isEmpty()) {
      return new Decision.Deny("default", nothing());
    }
    for (PolicyRule rule : rules) {
      if (rule.effect() == Effect.STEP_UP && applies(rule, rule.when().test(request))) {
        Condition.Freshness asked = rule.freshness().orElseThrow();
        return new Decision.StepUp(
            rule.id(), "a fresh second factor is missing", asked.methods(), asked.maxAge());
      }
    }
    PolicyRule by = allowing.get();
    return new Decision.Allow(by.id(), "by " + by.permissions().get(0));
  }

  /** What is not known counts against the caller. */
  static boolean applies(PolicyRule rule, Truth condition) {
    return rule.effect() == Effect.ALLOW ? condition == Truth.YES : condition != Truth.NO;
  }

  private String nothing() {
    if (roles.isEmpty()) {
      return "the caller has no role that the policy knows, and no rule allows it";
    }
    return rules.stream().anyMatch(rule -> rule.effect() == Effect.ALLOW)
        ? "the condition of no allowing rule holds"
        : "no permission of the caller's roles covers it, and no rule allows it";
  }
}
