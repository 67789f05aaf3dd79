package io.qilin.ops.config;

import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Node.Row;
import io.qilin.ops.config.Node.Section;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values by path, put onto a map one by one: an index addresses a part of the list that is there, or adds the next. */
final class Overlay {
  private final Problems problems;
  private final ConfigLimits limits;
  private final SortedMap<ConfigPath, Leaf> leaves = new TreeMap<>();

  Overlay(Problems problems, ConfigLimits limits) {
    this.problems = problems;
    this.limits = limits;
  }

  /** Adds a value; a problem if its path is there already or beyond the limits. */
  void add(ConfigPath path, Leaf leaf) {
    if (path.steps().size() > limits.depth()) {
      problems.add(leaf.origin(), path, "is nested deeper than " + limits.depth() + " levels");
      return;
    }
    for (ConfigPath.Step step : path.steps()) {
      if (step.name().length() > limits.nameChars()) {
        problems.add(
            leaf.origin(),
            "a name of its path has more than " + limits.nameChars() + " characters");
        return;
      }
    }
    Leaf first = leaves.putIfAbsent(path, leaf);
    if (first != null) {
      problems.add(leaf.origin(), path, "is set by " + first.origin().place() + " already");
    }
  }

  /** Puts all, sections before what they hold and indices in order. */
  Section onto(Section below) {
    ConfigPath last = ConfigPath.ROOT;
    for (var entry : leaves.entrySet()) {
      ConfigPath path = entry.getKey();
      Leaf leaf = entry.getValue();
      if (!last.steps().isEmpty() && path.startsWith(last)) {
        problems.add(
            leaf.origin(),
            path,
            "stands in " + Shown.line(last.toString()) + ", which has a value");
      } else {
        put(below, path, 0, leaf);
        last = path;
      }
    }
    return below;
  }

  private void put(Node parent, ConfigPath path, int depth, Leaf leaf) {
    ConfigPath.Step step = path.steps().get(depth);
    boolean end = depth + 1 == path.steps().size();
    boolean row = !end && path.steps().get(depth + 1).isIndex();
    if (parent instanceof Section section && !step.isIndex()) {
      Node there = section.parts().get(step.name());
      Node next = end ? leaf : fitting(there, row, leaf);
      if (next != there) {
        section.put(step.name(), leaf.origin(), next);
      }
      if (!end) {
        put(next, path, depth + 1, leaf);
      }
    } else if (parent instanceof Row list && step.isIndex()) {
      if (step.index() > list.parts().size()) {
        problems.add(
            leaf.origin(),
            path,
            "leaves a gap: the next index of the list is " + list.parts().size());
        return;
      }
      boolean more = step.index() == list.parts().size();
      Node there = more ? null : list.parts().get(step.index());
      Node next = end ? leaf : fitting(there, row, leaf);
      if (more) {
        list.parts().add(next);
      } else {
        list.parts().set(step.index(), next);
      }
      if (!end) {
        put(next, path, depth + 1, leaf);
      }
    } else {
      problems.add(leaf.origin(), path, "mixes names and indices in one place");
    }
  }

  /** What is there, if it can hold the next step; anew in place of a value; as it is, to be refused, if of the other kind. */
  private static Node fitting(@Nullable Node there, boolean row, Leaf leaf) {
    if (there instanceof Section || there instanceof Row) {
      return there;
    }
    return row ? Row.at(leaf.origin()) : Section.at(leaf.origin());
  }
}
