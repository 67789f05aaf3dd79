package io.qilin.kafka;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ids of the last messages, so many at most. */
final class RecentIds {
  private final Set<String> ids = new LinkedHashSet<>();
  private final long most;

  RecentIds(long most) {
    this.most = most;
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  void add(String id) {
    if (ids.add(id) && ids.size() > most) {
      Iterator<String> eldest = ids.iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
