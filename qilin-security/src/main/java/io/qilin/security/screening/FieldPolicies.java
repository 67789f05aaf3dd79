package io.qilin.security.screening;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of fields by name: their kind, and the rules that do not count there. Immutable. */
final class FieldPolicies {
  private final Map<String, FieldKind> kinds;
  private final Map<String, Set<String>> rules;
  private final Map<String, Set<AttackCategory>> categories;

  FieldPolicies(
      Map<String, FieldKind> kinds,
      Map<String, Set<String>> rules,
      Map<String, Set<AttackCategory>> categories) {
    this.kinds = Map.copyOf(kinds);
    this.rules = copy(rules);
    this.categories = copy(categories);
  }

  FieldKind kind(String field) {
    return kinds.getOrDefault(field, FieldKind.TEXT);
  }

  boolean allows(String field, RuleInfo rule) {
    return rules.getOrDefault(field, Set.of()).contains(rule.id())
        || categories.getOrDefault(field, Set.of()).contains(rule.category());
  }

  /** Whether any field has a kind of its own. */
  boolean named() {
    return !kinds.isEmpty();
  }

  private static <T> Map<String, Set<T>> copy(Map<String, Set<T>> from) {
    Map<String, Set<T>> copy = new HashMap<>();
    from.forEach((field, values) -> copy.put(field, Set.copyOf(new HashSet<>(values))));
    return Map.copyOf(copy);
  }
}
