package io.qilin.security.screening;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree of a pattern, with its equal beginnings drawn together. */
sealed interface Pattern {
  /** One symbol out of a set. The set is never changed after it is made. */
  record Symbols(BitSet set) implements Pattern {}

  /** Parts one after the other. */
  record Sequence(List<Pattern> parts) implements Pattern {}

  /** One of several. */
  record Choice(List<Pattern> choices) implements Pattern {}

  /** Between min and max times; max is -1 for any number. */
  record Repeat(Pattern part, int min, int max) implements Pattern {}

  /** The end of the rule with that index. */
  record Accept(int rule) implements Pattern {}

  /** Joins choices that begin alike, so that a thousand words take as many steps as one. */
  static Pattern choice(List<Pattern> choices) {
    Set<Pattern> flat = new LinkedHashSet<>();
    choices.forEach(choice -> flatten(choice, flat));
    Map<Pattern, List<Pattern>> byFirst = new LinkedHashMap<>();
    for (Pattern choice : flat) {
      byFirst.computeIfAbsent(first(choice), key -> new ArrayList<>()).add(rest(choice));
    }
    if (byFirst.size() == flat.size()) {
      return flat.size() == 1 ? flat.iterator().next() : new Choice(List.copyOf(flat));
    }
    List<Pattern> joined = new ArrayList<>();
    byFirst.forEach((head, tails) ->
        joined.add(sequence(List.of(head, tails.size() == 1 ? tails.get(0) : choice(tails)))));
    return joined.size() == 1 ? joined.get(0) : new Choice(joined);
  }

  /** Parts one after the other, without sequences inside sequences. */
  static Pattern sequence(List<Pattern> parts) {
    List<Pattern> flat = new ArrayList<>();
    for (Pattern part : parts) {
      if (part instanceof Sequence inner) {
        flat.addAll(inner.parts());
      } else {
        flat.add(part);
      }
    }
    return flat.size() == 1 ? flat.get(0) : new Sequence(List.copyOf(flat));
  }

  private static void flatten(Pattern choice, Set<Pattern> into) {
    if (choice instanceof Choice inner) {
      inner.choices().forEach(each -> flatten(each, into));
    } else if (choice instanceof Sequence sequence
        && !sequence.parts().isEmpty()
        && sequence.parts().get(0) instanceof Choice head
        && head.choices().size() <= 4) {
      for (Pattern each : head.choices()) {
        List<Pattern> parts = new ArrayList<>(sequence.parts());
        parts.set(0, each);
        flatten(sequence(parts), into);
      }
    } else {
      into.add(choice);
    }
  }

  private static Pattern first(Pattern pattern) {
    return pattern instanceof Sequence sequence && !sequence.parts().isEmpty()
        ? sequence.parts().get(0)
        : pattern;
  }

  private static Pattern rest(Pattern pattern) {
    return pattern instanceof Sequence sequence && !sequence.parts().isEmpty()
        ? sequence(sequence.parts().subList(1, sequence.parts().size()))
        : new Sequence(List.of());
  }
}
