package io.qilin.security.screening;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of some patterns occur in a text, in one pass whose steps are at most the length of the text times the size
 * of the patterns, and nearly always one table look-up a character.
 *
 * <p>The automaton is made deterministic while it runs (as in RE2, Russ Cox, Regular Expression Matching in the Wild, 2010):
 * a state is made when it is first needed and kept in a cache that all threads share. The cache is bounded; when it is full
 * a new one takes its place, so no text can make it grow or make others pay for more than filling it again. States are
 * immutable but for their table of known successors, whose entries are written with a race that is harmless: each thread
 * sees either nothing, and works the state out again, or an equal state made whole.
 */
final class Automaton {
  private static final int MAX_NODES = 1 << 20;

  private final int maxStates;
  private final Nfa nfa;
  private final int[] classOfCharacter = new int[256];
  private final int otherClass;
  private final int edgeClass;
  private volatile Cache cache;

  Automaton(List<Pattern> patterns, int maxStates) {
    this.maxStates = maxStates;
    this.nfa = Nfa.of(patterns);
    for (int c = 0; c < 256; c++) {
      classOfCharacter[c] = nfa.classOf(Symbol.of(c));
    }
    this.otherClass = nfa.classOf(Symbol.OTHER);
    this.edgeClass = nfa.classOf(Symbol.EDGE);
    this.cache = new Cache(nfa, edgeClass);
  }

  /** A set of nodes. Made whole before it is shared. */
  private static final class State {
    final int[] nodes;
    final int[] accepted;
    final @Nullable State[] next;

    State(int[] nodes, int[] accepted, int classes) {
      this.nodes = nodes;
      this.accepted = accepted;
      this.next = new State[classes];
    }
  }

  private static final class Key {
    private final int hash;
    private final int[] nodes;

    Key(int[] nodes) {
      this.hash = Arrays.hashCode(nodes);
      this.nodes = nodes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && hash == key.hash && Arrays.equals(nodes, key.nodes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static final class Cache {
    final ConcurrentHashMap<Key, State> states = new ConcurrentHashMap<>();
    final AtomicInteger nodes = new AtomicInteger();
    final State start;

    Cache(Nfa nfa, int edgeClass) {
      int[] first = nfa.step(nfa.start(), edgeClass, new Nfa.Scratch(nfa.size()));
      this.start = new State(first, nfa.accepted(first), nfa.classCount());
    }

    boolean full(int maxStates) {
      return states.size() >= maxStates || nodes.get() >= MAX_NODES;
    }
  }

  /** Passes over bytes; one above 127 is a character outside ASCII. */
  void scan(byte[] text, int from, int to, PatternSet.Hits hits) {
    State state = cache.start;
    hits.work(to - from + 1L);
    for (int i = from; i < to; i++) {
      int c = classOfCharacter[text[i] & 0xff];
      State next = state.next[c];
      state = next == null ? miss(state, c, hits) : next;
      if (state.accepted.length != 0) {
        accept(state, i + 1 - from, hits);
      }
    }
    end(state, to - from, hits);
  }

  /** Passes over characters. */
  void scan(CharSequence text, PatternSet.Hits hits) {
    State state = cache.start;
    int length = text.length();
    hits.work(length + 1L);
    for (int i = 0; i < length; i++) {
      char ch = text.charAt(i);
      int c = ch < 256 ? classOfCharacter[ch] : otherClass;
      State next = state.next[c];
      state = next == null ? miss(state, c, hits) : next;
      if (state.accepted.length != 0) {
        accept(state, i + 1, hits);
      }
    }
    end(state, length, hits);
  }

  /** The greatest number of steps that one character can take. */
  int size() {
    return nfa.size();
  }

  private void end(State state, int length, PatternSet.Hits hits) {
    State next = state.next[edgeClass];
    accept(next == null ? miss(state, edgeClass, hits) : next, length, hits);
  }

  private static void accept(State state, int end, PatternSet.Hits hits) {
    for (int pattern : state.accepted) {
      hits.add(pattern, end);
    }
  }

  private State miss(State from, int symbolClass, PatternSet.Hits hits) {
    if (!hits.miss()) {
      return cache.start;
    }
    int[] nodes = nfa.step(from.nodes, symbolClass, hits.scratch(nfa.size()));
    hits.work(from.nodes.length);
    Cache current = cache;
    if (current.full(maxStates)) {
      current = new Cache(nfa, edgeClass);
      cache = current;
    }
    Key key = new Key(nodes);
    State known = current.states.get(key);
    if (known == null) {
      State made = new State(nodes, nfa.accepted(nodes), nfa.classCount());
      State other = current.states.putIfAbsent(key, made);
      known = other == null ? made : other;
      if (other == null) {
        current.nodes.addAndGet(nodes.length + 16);
      }
    }
    // An old state that outlives its cache must not keep the states of the next one reachable for
    // ever; it is garbage with
    // the scan that holds it, so the link is harmless.
    from.next[symbolClass] = known;
    return known;
  }
}
