package io.qilin.security.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Intents whose outcome is not recorded yet, by correlation id. Bounded to 100,000 of them, ids kept as hashes. One thread
 * at a time.
 */
final class IntentBook {
  static final int MOST = 100_000;

  private final MerkleHasher hasher = new MerkleHasher();
  private final Map<AuditHash, Deque<Long>> open = new HashMap<>();
  private int count;

  void see(AuditEntry entry, long sequence) {
    if (entry.outcome() == AuditOutcome.INTENT) {
      open.computeIfAbsent(key(entry), any -> new ArrayDeque<>(1)).add(sequence);
      count++;
    } else if (entry.outcome().closesIntent() && !entry.correlationId().text().isEmpty()) {
      close(key(entry));
    }
  }

  private void close(AuditHash key) {
    Deque<Long> intents = open.get(key);
    if (intents != null) {
      intents.removeFirst();
      count--;
      if (intents.isEmpty()) {
        open.remove(key);
      }
    }
  }

  private AuditHash key(AuditEntry entry) {
    byte[] id = entry.correlationId().text().getBytes(StandardCharsets.UTF_8);
    return hasher.leaf(id, 0, id.length);
  }

  boolean full() {
    return count >= MOST;
  }

  /** The numbers of the intents, ascending. */
  List<Long> sequences() {
    return open.values().stream().flatMap(Deque::stream).sorted().toList();
  }
}
