package io.qilin.data.stream;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ids of the last messages, so many at most, for sinks that take each message once. Confined to one thread. */
public final class RecentIds {
  private final Set<String> ids = new LinkedHashSet<>();
  private final long most;

  /**
   * Remembers nothing yet.
   *
   * @param most how many ids are remembered; the eldest is forgotten for the next
   */
  public RecentIds(long most) {
    this.most = most;
  }

  /** Whether the id is among the last. */
  public boolean contains(String id) {
    return ids.contains(id);
  }

  /** Remembers an id; one that is remembered keeps its age. */
  public void add(String id) {
    if (ids.add(id) && ids.size() > most) {
      Iterator<String> eldest = ids.iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
