package io.qilin.security.access;

import java.util.List;
import java.util.Set;

/**
 * How a decision came about: for people who write policies, not for callers. Immutable.
 *
 * @param decision what was decided
 * @param revision the policy's revision; 0 if there was no policy
 * @param roles the roles that the caller has, inherited ones included
 * @param steps the rules that are about this caller, action and resource, in the order in which they count
 */
public record Explanation(Decision decision, long revision, Set<String> roles, List<Step> steps) {
  /** Copies the parts. */
  public Explanation {
    roles = Set.copyOf(roles);
    steps = List.copyOf(steps);
  }

  /**
   * One rule.
   *
   * @param rule its id
   * @param effect {@code ALLOW}, {@code DENY} or {@code STEP_UP}
   * @param condition {@code YES}, {@code NO}, or {@code UNKNOWN} where it asks for what is not known
   * @param applies whether the rule counts: a denying rule does unless its condition fails, an allowing one only if it holds
   */
  public record Step(String rule, String effect, String condition, boolean applies) {}
}
