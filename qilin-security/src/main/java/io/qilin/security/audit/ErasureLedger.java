package io.qilin.security.audit;

import io.qilin.security.audit.AuditFinding.Problem;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fields whose text is gone or altered, until a later record says that they were to be erased. Bounded: more than 100,000
 * fields that wait at once count as a fault of the first one. One thread at a time.
 */
final class ErasureLedger {
  private static final int MOST = 100_000;

  private record Field(long sequence, String name) {}

  private final Map<Field, AuditFinding> waiting =
      new TreeMap<>(Comparator.comparingLong(Field::sequence).thenComparing(Field::name));

  void see(StoredRecord stored, Path file, long offset) {
    for (ErasableSlot slot : stored.slots()) {
      if (slot.state() != ErasableSlot.State.OPEN) {
        long sequence = stored.record().sequence();
        waiting.put(new Field(sequence, slot.field()), finding(slot, sequence, file, offset));
      }
    }
    Erasure.announced(stored.record())
        .ifPresent(erasure -> erasure
            .fields()
            .forEach(field -> waiting.remove(new Field(erasure.sequence(), field))));
  }

  private static AuditFinding finding(ErasableSlot slot, long sequence, Path file, long offset) {
    boolean erased = slot.state() == ErasableSlot.State.ERASED;
    return new AuditFinding(
        erased ? Problem.UNRECORDED_ERASURE : Problem.ALTERED_FIELD,
        sequence,
        String.valueOf(file.getFileName()),
        offset,
        erased
            ? "a field of record " + sequence + " was erased and no record says so"
            : "a field of record " + sequence + " is not the one that was recorded");
  }

  boolean full() {
    return waiting.size() > MOST;
  }

  /** The first field that waits still. */
  Optional<AuditFinding> first() {
    return waiting.values().stream().findFirst();
  }
}
