package io.qilin.core.monitor;

import io.qilin.api.error.QilinException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The last entries of something that does not end. When it is full, the oldest entry is dropped for
 * each new one, and counted.
 *
 * <p>Thread-safe: the entries and the count are guarded by one lock. A copy costs its length under
 * the lock.
 *
 * @param <T> an immutable entry
 */
public final class BoundedLog<T> {
  private static final int MOST = 100_000_000;

  private final int limit;
  private final Deque<T> entries = new ArrayDeque<>();
  private long dropped;

  /**
   * An empty log.
   *
   * @param limit how many entries are kept at most, 1 to 100 million
   * @throws QilinException INVALID_ARGUMENT for another limit
   */
  public BoundedLog(int limit) {
    if (limit < 1 || limit > MOST) {
      throw QilinException.invalid("a log keeps 1 to " + MOST + " entries, was " + limit);
    }
    this.limit = limit;
  }

  /** Adds an entry at the end. */
  public synchronized void add(T entry) {
    Objects.requireNonNull(entry, "entry");
    if (entries.size() == limit) {
      entries.removeFirst();
      dropped++;
    }
    entries.addLast(entry);
  }

  /** The entries that are kept, oldest first: a copy. */
  public synchronized List<T> entries() {
    return List.copyOf(entries);
  }

  /** The entries of one kind, oldest first: a copy. */
  public synchronized List<T> entries(Predicate<? super T> wanted) {
    List<T> out = new ArrayList<>();
    for (T entry : entries) {
      if (wanted.test(entry)) {
        out.add(entry);
      }
    }
    return List.copyOf(out);
  }

  /** How many entries are not kept any more. */
  public synchronized long dropped() {
    return dropped;
  }

  /** For example {@code BoundedLog[12 of at most 1000, 0 dropped]}. */
  @Override
  public synchronized String toString() {
    return "BoundedLog[" + entries.size() + " of at most " + limit + ", " + dropped + " dropped]";
  }
}
