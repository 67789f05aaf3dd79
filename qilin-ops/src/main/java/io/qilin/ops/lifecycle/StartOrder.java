package io.qilin.ops.lifecycle;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts parts into an order in which each comes after those that it depends on, and otherwise as they were given. */
final class StartOrder {
  private final Map<String, LifecyclePart> parts;
  private final LinkedHashMap<String, LifecyclePart> ordered = new LinkedHashMap<>();
  /** The parts that lead to the one that is looked at. */
  private final LinkedHashSet<String> path = new LinkedHashSet<>();

  private StartOrder(Map<String, LifecyclePart> parts) {
    this.parts = parts;
  }

  static List<LifecyclePart> of(Map<String, LifecyclePart> parts) {
    StartOrder order = new StartOrder(parts);
    parts.values().forEach(order::place);
    return List.copyOf(order.ordered.values());
  }

  private void place(LifecyclePart part) {
    if (ordered.containsKey(part.name())) {
      return;
    }
    if (!path.add(part.name())) {
      throw QilinException.invalid(
          "parts depend on each other in a circle: " + circle(part.name()));
    }
    for (String needed : part.dependsOn()) {
      if (!parts.containsKey(needed)) {
        throw QilinException.invalid("the part " + part.name() + " depends on "
            + QilinException.quote(needed) + ", which is no part"
            + NearestName.hint(needed, parts.keySet()));
      }
      place(Objects.requireNonNull(parts.get(needed)));
    }
    path.remove(part.name());
    ordered.put(part.name(), part);
  }

  private String circle(String name) {
    List<String> names = new ArrayList<>(path);
    List<String> circle = new ArrayList<>(names.subList(names.indexOf(name), names.size()));
    circle.add(name);
    return String.join(" -> ", circle);
  }
}
