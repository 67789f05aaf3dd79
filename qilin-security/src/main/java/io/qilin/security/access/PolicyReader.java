package io.qilin.security.access;

import io.qilin.security.access.PolicyRule.Effect;
import io.qilin.security.internal.Sha256;
import io.qilin.security.internal.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds a policy from its JSON; every name that is used must be there, and every member must be known. */
final class PolicyReader {
  private static final StrictJson JSON = StrictJson.limited(8 << 20, 32);
  private static final List<String> EFFECTS = List.of("allow", "deny", "stepUp");
  private static final int LONGEST_AGE_SECONDS = 86_400;

  private final Map<String, Role> roles = new HashMap<>();

  private PolicyReader() {}

  static AccessPolicy read(byte[] json) {
    Object document = JSON.parse(json, "the policy");
    return new PolicyReader().policy(new JsonPlace("the policy", document), digest(json));
  }

  private AccessPolicy policy(JsonPlace policy, String digest) {
    policy.only("revision", "roles", "subjects", "rolesFromTokens", "rules");
    policy.need("roles").members().forEach((name, role) -> roles.put(name, role(name, role)));
    policy
        .need("roles")
        .members()
        .forEach((name, role) -> role.find("inherits").ifPresent(this::known));
    RoleCycle.refuse(roles, policy.need("roles"));
    Map<String, Set<String>> subjects = new HashMap<>();
    policy
        .find("subjects")
        .ifPresent(
            place -> place.members().forEach((name, held) -> subjects.put(name, known(held))));
    return new AccessPolicy(
        policy.need("revision").whole(1, Long.MAX_VALUE),
        digest,
        roles,
        subjects,
        policy.find("rolesFromTokens").map(this::known).orElse(Set.of()),
        policy.find("rules").map(this::rules).orElse(List.of()));
  }

  private static Role role(String name, JsonPlace place) {
    place.only("inherits", "permissions");
    place.named(name);
    return new Role(
        place.find("inherits").map(JsonPlace::names).orElse(Set.of()),
        place.find("permissions").map(PolicyReader::permissions).orElse(List.of()));
  }

  private Set<String> known(JsonPlace place) {
    Set<String> names = place.names();
    for (String name : names) {
      if (!roles.containsKey(name)) {
        throw place.unknown("role", name, roles.keySet());
      }
    }
    return names;
  }

  private static List<Permission> permissions(JsonPlace place) {
    List<Permission> all = new ArrayList<>();
    for (JsonPlace one : place.items()) {
      all.add(one.read(Permission::parse));
    }
    if (all.isEmpty()) {
      throw place.refused("it is empty; name a permission as action:resource");
    }
    return all;
  }

  private List<PolicyRule> rules(JsonPlace place) {
    List<PolicyRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonPlace one : place.items()) {
      PolicyRule rule = rule(one);
      if (!ids.add(rule.id())) {
        throw one.need("id").refused("another rule has this id; each rule needs its own");
      }
      rules.add(rule);
    }
    return rules;
  }

  private PolicyRule rule(JsonPlace place) {
    Effect effect = effect(place.need("effect"));
    if (effect == Effect.STEP_UP) {
      place.only(
          "id", "effect", "permissions", "roles", "subjects", "when", "methods", "maxAgeSeconds");
    } else {
      place.only("id", "effect", "permissions", "roles", "subjects", "when", "everyone");
    }
    String id = place.need("id").text();
    place.need("id").named(id);
    if (id.equals("default") || id.equals("error") || id.equals("unavailable")) {
      throw place.need("id").refused("this name is taken; choose another");
    }
    Optional<Condition.Freshness> freshness =
        effect == Effect.STEP_UP ? Optional.of(freshness(place)) : Optional.empty();
    List<Condition> when = new ArrayList<>();
    place.find("when").map(ConditionReader::read).ifPresent(when::add);
    freshness.map(Condition::authenticated).map(Condition::not).ifPresent(when::add);
    return new PolicyRule(
        id,
        effect,
        permissions(place.need("permissions")),
        whom(place, effect),
        Condition.all(when),
        freshness);
  }

  private static Effect effect(JsonPlace place) {
    String effect = place.text();
    return switch (effect) {
      case "allow" -> Effect.ALLOW;
      case "deny" -> Effect.DENY;
      case "stepUp" -> Effect.STEP_UP;
      default -> throw place.unknown("effect", effect, EFFECTS);
    };
  }

  /** Who is named; whoever names nobody denies everybody, but allows everybody only by saying so. */
  private PolicyRule.Whom whom(JsonPlace place, Effect effect) {
    Set<String> held = place.find("roles").map(this::known).orElse(Set.of());
    Set<String> subjects = place.find("subjects").map(JsonPlace::names).orElse(Set.of());
    boolean named = place.find("roles").isPresent() || place.find("subjects").isPresent();
    Optional<Boolean> everyone = place.find("everyone").map(JsonPlace::yes);
    if (named && everyone.orElse(false)) {
      throw place.refused("it is for everyone and names some too; leave one out");
    }
    if (named && held.isEmpty() && subjects.isEmpty()) {
      throw place.refused("its roles or subjects are empty; name some, or leave the member out");
    }
    if (!named && everyone.isPresent() && !everyone.get()) {
      throw place.refused("it is for nobody; name roles or subjects");
    }
    if (effect == Effect.ALLOW && !named && everyone.isEmpty()) {
      throw place.refused("it allows and names nobody; add roles, subjects or \"everyone\": true");
    }
    return new PolicyRule.Whom(!named, held, subjects);
  }

  static Condition.Freshness freshness(JsonPlace place) {
    Set<String> methods = place.need("methods").names();
    if (methods.isEmpty()) {
      throw place.need("methods").refused("it is empty; name methods of RFC 8176, such as otp");
    }
    long seconds = place.need("maxAgeSeconds").whole(1, LONGEST_AGE_SECONDS);
    return new Condition.Freshness(methods, Duration.ofSeconds(seconds));
  }

  private static String digest(byte[] json) {
    return HexFormat.of().formatHex(Sha256.of(json));
  }
}
