package io.qilin.security.screening;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many patterns occur in a text, in steps that are linear in the text. Thread-safe.
 *
 * <p>All patterns run as one {@link Automaton}, but for those with a gap that nearly any text fills, such as {@code <[^>]*}:
 * together they would have a state for each set of gaps that are open. Of these only what stands before the gap is in the
 * automaton; where that occurs, the pattern is run by itself.
 */
final class PatternSet {
  private static final int MAX_STATES = 4096;
  private static final int MAX_STATES_ALONE = 256;

  /** A set of more symbols than this fits nearly any text. */
  private static final int WIDE = 60;

  /** A set of no more symbols than this is not in every text. */
  private static final int MOST_RARE = 12;

  private final Automaton all;
  private final @Nullable Automaton[] alone;
  private final int size;

  PatternSet(List<String> patterns) {
    List<Pattern> together = new ArrayList<>();
    alone = new Automaton[patterns.size()];
    int total = 0;
    for (int i = 0; i < patterns.size(); i++) {
      Pattern whole = PatternParser.parse(patterns.get(i));
      int gap = gap(whole);
      if (gap > 0) {
        Automaton own = new Automaton(List.of(whole), MAX_STATES_ALONE);
        alone[i] = own;
        total += own.size() + 1;
        together.add(Pattern.sequence(((Pattern.Sequence) whole).parts().subList(0, gap)));
      } else {
        together.add(whole);
      }
    }
    all = new Automaton(together, MAX_STATES);
    size = total + all.size();
  }

  /** The index of the first part that is a wide gap, if something that few texts have stands before it; else 0. */
  private static int gap(Pattern pattern) {
    if (!(pattern instanceof Pattern.Sequence sequence)) {
      return 0;
    }
    boolean rare = false;
    List<Pattern> parts = sequence.parts();
    for (int i = 0; i < parts.size(); i++) {
      if (wide(parts.get(i))) {
        return rare ? i : 0;
      }
      rare |= rare(parts.get(i));
    }
    return 0;
  }

  private static boolean rare(Pattern pattern) {
    if (pattern instanceof Pattern.Symbols symbols) {
      return symbols.set().cardinality() <= MOST_RARE
          && !symbols.set().get(' ')
          && !symbols.set().get(Symbol.EDGE);
    }
    return pattern instanceof Pattern.Choice choice
        && choice.choices().stream()
            .allMatch(each -> each instanceof Pattern.Sequence sequence
                ? sequence.parts().stream().anyMatch(PatternSet::rare)
                : rare(each));
  }

  private static boolean wide(Pattern pattern) {
    if (pattern instanceof Pattern.Repeat repeat) {
      return (repeat.max() < 0 && repeat.part() instanceof Pattern.Symbols symbols)
          ? symbols.set().cardinality() > WIDE
          : wide(repeat.part());
    }
    if (pattern instanceof Pattern.Sequence sequence) {
      return sequence.parts().stream().anyMatch(PatternSet::wide);
    }
    return pattern instanceof Pattern.Choice choice
        && choice.choices().stream().anyMatch(PatternSet::wide);
  }

  /** Whether nothing occurs in bytes, nor the beginning of anything with a gap; one above 127 is outside ASCII. */
  boolean nothingIn(byte[] text, int from, int to, Hits scratch) {
    scratch.clear();
    all.scan(text, from, to, scratch);
    return scratch.count() == 0;
  }

  /** Adds what occurs in a text. */
  void scan(CharSequence text, Hits hits) {
    Hits begun = new Hits(hits.budget - hits.misses);
    all.scan(text, begun);
    hits.spent(begun);
    for (int i = 0; i < begun.count(); i++) {
      int pattern = begun.pattern(i);
      Automaton own = alone[pattern];
      if (own == null) {
        hits.add(pattern, begun.end(i));
      } else {
        Hits found = new Hits(hits.budget - hits.misses);
        own.scan(text, found);
        hits.spent(found);
        if (found.count() > 0) {
          hits.add(pattern, found.end(0));
        }
      }
    }
  }

  /** The greatest number of steps that one character can take. */
  int size() {
    return size;
  }

  /** What a pass over a text found. For one thread. */
  static final class Hits {
    private final BitSet patterns = new BitSet();
    private int[] ends = new int[16];
    private int[] order = new int[16];
    private int count;
    private final int budget;
    private int misses;
    private long steps;
    private Nfa.@Nullable Scratch scratch;

    Hits() {
      this(Integer.MAX_VALUE);
    }

    /** Allows so many states to be worked out; after that nothing more is found and {@link #exhausted()} says so. */
    Hits(int budget) {
      this.budget = budget;
    }

    boolean exhausted() {
      return misses > budget;
    }

    /** Counts a state that must be worked out; false if no more may be. */
    boolean miss() {
      if (misses > budget) {
        return false;
      }
      misses++;
      return true;
    }

    void clear() {
      patterns.clear();
      count = 0;
    }

    int count() {
      return count;
    }

    /** The pattern that ended as the i-th. */
    int pattern(int i) {
      return order[i];
    }

    /** How many characters had been read when it first ended. */
    int end(int i) {
      return ends[i];
    }

    /** Characters read and nodes visited since this was made. */
    long steps() {
      return steps;
    }

    /** What states are worked out in; hits are for one automaton, so its size does not change. */
    Nfa.Scratch scratch(int size) {
      Nfa.Scratch known = scratch;
      if (known == null) {
        known = new Nfa.Scratch(size);
        scratch = known;
      }
      return known;
    }

    private void spent(Hits other) {
      steps += other.steps;
      misses = other.exhausted() ? Math.addExact(budget, 1) : misses + other.misses;
    }

    void work(long more) {
      steps += more;
    }

    void add(int pattern, int end) {
      if (patterns.get(pattern)) {
        return;
      }
      patterns.set(pattern);
      if (count == order.length) {
        order = Arrays.copyOf(order, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
      }
      order[count] = pattern;
      ends[count++] = end;
    }
  }
}
