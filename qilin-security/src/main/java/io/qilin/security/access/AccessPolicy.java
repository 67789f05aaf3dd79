package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import io.qilin.security.access.PolicyRule.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may do what, as data. What no permission of a role and no rule allows is denied; a rule that denies wins over all that allow.
 * Immutable.
 *
 * <p>Conditions know three answers. Where one asks for what is not known (no device, a score that is NaN), a rule that allows does
 * not apply, and one that denies or asks for a second factor does.
 *
 * <pre>
 * {"revision": 7,
 *  "roles": {"viewer": {"permissions": ["read:market/**"]},
 *            "trader": {"inherits": ["viewer"], "permissions": ["submit:orders/*"]}},
 *  "subjects": {"alice": ["trader"]},
 *  "rolesFromTokens": ["viewer"],
 *  "rules": [
 *    {"id": "known-device", "effect": "deny", "permissions": ["submit:**"],
 *     "when": {"figureAtMost": {"deviceTrust": 0.5}}},
 *    {"id": "fresh-factor", "effect": "stepUp", "permissions": ["submit:**"],
 *     "methods": ["otp", "hwk"], "maxAgeSeconds": 300}]}
 * </pre>
 */
public final class AccessPolicy {
  private final long revision;
  private final String digest;
  private final Map<String, Role> roles;
  private final Map<String, Set<String>> subjects;
  private final Set<String> rolesFromTokens;
  private final List<PolicyRule> rules;

  AccessPolicy(
      long revision,
      String digest,
      Map<String, Role> roles,
      Map<String, Set<String>> subjects,
      Set<String> rolesFromTokens,
      List<PolicyRule> rules) {
    this.revision = revision;
    this.digest = digest;
    this.roles = Map.copyOf(roles);
    this.subjects = Map.copyOf(subjects);
    this.rolesFromTokens = Set.copyOf(rolesFromTokens);
    this.rules = rules.stream()
        .sorted(Comparator.comparingInt(rule -> rule.effect() == Effect.DENY ? 0 : 1))
        .toList();
  }

  /**
   * Reads a policy. The members are described in {@code docs/security-access.md}.
   *
   * @param json UTF-8, at most 8 MiB, nested at most 32 deep
   * @throws QilinException INPUT_REJECTED with the place of the fault: it is not strict JSON, a member is unknown, missing or of a
   *     wrong kind, roles inherit in a circle, a role or a subject's role is not there, two rules have one id
   */
  public static AccessPolicy parse(byte[] json) {
    return PolicyReader.read(json);
  }

  /** The number of this version of the policy; it grows with every change. */
  public long revision() {
    return revision;
  }

  /** SHA-256 of the text that was read, in hex. */
  public String digest() {
    return digest;
  }

  /** The roles that the caller has: those of the policy, those hinted that it takes from tokens, and all that these inherit. */
  public Set<String> rolesOf(Identity identity) {
    Deque<String> open = new ArrayDeque<>(subjects.getOrDefault(identity.subject(), Set.of()));
    for (String hint : identity.roleHints()) {
      if (rolesFromTokens.contains(hint)) {
        open.add(hint);
      }
    }
    Set<String> held = new TreeSet<>();
    while (!open.isEmpty()) {
      String name = open.remove();
      Role role = roles.get(name);
      if (role != null && held.add(name)) {
        open.addAll(role.inherits());
      }
    }
    return held;
  }

  /** What the policy says about a request. Pure: the same request has the same answer. */
  public Decision decide(AccessRequest request) {
    return match(request).decide(request);
  }

  /** What the policy says about a request, and how that came about. */
  public Explanation explain(AccessRequest request) {
    RuleMatch match = match(request);
    List<Explanation.Step> steps = new ArrayList<>();
    match.granted().ifPresent(rule -> steps.add(step(rule, Truth.YES)));
    for (PolicyRule rule : match.rules()) {
      steps.add(step(rule, rule.when().test(request)));
    }
    return new Explanation(match.decide(request), revision, match.roles(), steps);
  }

  private static Explanation.Step step(PolicyRule rule, Truth condition) {
    return new Explanation.Step(
        rule.id(), rule.effect().name(), condition.name(), RuleMatch.applies(rule, condition));
  }

  RuleMatch match(AccessRequest request) {
    Set<String> held = rolesOf(request.identity());
    String subject = request.identity().subject();
    List<PolicyRule> concerned = rules.stream()
        .filter(rule -> rule.concerns(subject, held, request.action(), request.resource()))
        .toList();
    return new RuleMatch(held, granted(held, request), concerned);
  }

  private Optional<PolicyRule> granted(Set<String> held, AccessRequest request) {
    for (String name : held) {
      Role role = roles.get(name);
      if (role == null) {
        continue;
      }
      for (Permission permission : role.permissions()) {
        if (permission.covers(request.action(), request.resource())) {
          return Optional.of(new PolicyRule(
              "role:" + name,
              Effect.ALLOW,
              List.of(permission),
              new PolicyRule.Whom(false, Set.of(name), Set.of()),
              Condition.ALWAYS,
              Optional.empty()));
        }
      }
    }
    return Optional.empty();
  }

  /** The revision and the digest. */
  @Override
  public String toString() {
    return "AccessPolicy[revision=" + revision + ", digest=" + digest + "]";
  }
}
