package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Finds roles that inherit from themselves (Kahn's algorithm: what never becomes free of heirs lies on a circle or above one). */
final class RoleCycle {
  private RoleCycle() {}

  static void refuse(Map<String, Role> roles, JsonPlace place) {
    Map<String, Integer> heirs = new HashMap<>();
    roles.keySet().forEach(name -> heirs.put(name, 0));
    roles
        .values()
        .forEach(role -> role.inherits().forEach(name -> heirs.merge(name, 1, Integer::sum)));
    Deque<String> free = new ArrayDeque<>();
    heirs.forEach((name, count) -> {
      if (count == 0) {
        free.add(name);
      }
    });
    while (!free.isEmpty()) {
      String name = free.remove();
      heirs.remove(name);
      for (String parent : roles
          .getOrDefault(name, new Role(java.util.Set.of(), java.util.List.of()))
          .inherits()) {
        if (heirs.merge(parent, -1, Integer::sum) == 0) {
          free.add(parent);
        }
      }
    }
    if (!heirs.isEmpty()) {
      String one = heirs.keySet().stream().sorted().findFirst().orElseThrow();
      throw place.refused("the role " + QilinException.quote(one)
          + " is on a circle of inheritance or inherited by one; break the circle");
    }
  }
}
