package io.qilin.security.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule beside the roles.
 *
 * @param whom empty of both kinds where it is about everybody
 * @param freshness what a step-up asks for; of no other effect
 */
record PolicyRule(
    String id,
    Effect effect,
    List<Permission> permissions,
    Whom whom,
    Condition when,
    Optional<Condition.Freshness> freshness) {
  PolicyRule {
    permissions = List.copyOf(permissions);
  }

  /** What a rule does where it applies. */
  enum Effect {
    ALLOW,
    DENY,
    STEP_UP
  }

  /** Whom a rule is about. */
  record Whom(boolean everyone, Set<String> roles, Set<String> subjects) {
    Whom {
      roles = Set.copyOf(roles);
      subjects = Set.copyOf(subjects);
    }

    boolean includes(String subject, Set<String> held) {
      return everyone || subjects.contains(subject) || held.stream().anyMatch(roles::contains);
    }
  }

  /** Whether it is about this caller, action and resource; its condition is another matter. */
  boolean concerns(String subject, Set<String> held, String action, String resource) {
    return whom.includes(subject, held)
        && permissions.stream().anyMatch(one -> one.covers(action, resource));
  }
}
