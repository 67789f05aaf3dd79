package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelVersion;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has told of production, given no longer than a bound after it was asked. One thread at a time asks for a name; those
 * who wait for it get its answer, or its failure, so that nobody waits for more than one call before his own. What was asked before
 * {@link #forget} is not given after it, so that a change by this process is seen at once.
 */
final class FreshAnswers {
  private static final int MOST_NAMES = 10_000;

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final Function<String, Optional<ModelVersion>> source;
  private final LongSupplier nanos;
  private final long boundNanos;

  FreshAnswers(
      Function<String, Optional<ModelVersion>> source, LongSupplier nanos, long boundNanos) {
    this.source = source;
    this.nanos = nanos;
    this.boundNanos = boundNanos;
  }

  private record Answer(Optional<ModelVersion> version, long askedAt, int changes) {}

  /** The last answer for one name. */
  private static final class Entry {
    final ReentrantLock asking = new ReentrantLock();
    final AtomicInteger changes = new AtomicInteger();
    volatile @Nullable Answer answer;
    volatile @Nullable QilinException failure;
  }

  Optional<ModelVersion> get(String name) {
    if (entries.size() >= MOST_NAMES) {
      entries.clear();
    }
    Entry entry = entries.computeIfAbsent(name, unknown -> new Entry());
    Answer answer = entry.answer;
    if (answer != null && isFresh(entry, answer)) {
      return answer.version();
    }
    QilinException before = entry.failure;
    Turn.await(entry.asking);
    try {
      return ask(name, entry, before);
    } finally {
      entry.asking.unlock();
    }
  }

  private boolean isFresh(Entry entry, Answer answer) {
    return answer.changes() == entry.changes.get()
        && nanos.getAsLong() - answer.askedAt() < boundNanos;
  }

  private Optional<ModelVersion> ask(String name, Entry entry, @Nullable QilinException before) {
    Answer other = entry.answer;
    if (other != null && isFresh(entry, other)) {
      return other.version();
    }
    QilinException error = entry.failure;
    if (error != null && !error.equals(before)) {
      throw new QilinException(
          error.code(),
          "another thread asked for " + name + " in production at the same moment, and failed: "
              + error.getMessage(),
          error);
    }
    int changes = entry.changes.get();
    long now = nanos.getAsLong();
    try {
      Answer answer = new Answer(source.apply(name), now, changes);
      entry.answer = answer;
      return answer.version();
    } catch (QilinException e) {
      if (e.code() != ErrorCode.CANCELLED) {
        entry.failure = e;
      }
      throw e;
    }
  }

  void forget(String name) {
    Entry entry = entries.get(name);
    if (entry != null) {
      entry.changes.incrementAndGet();
    }
  }
}
