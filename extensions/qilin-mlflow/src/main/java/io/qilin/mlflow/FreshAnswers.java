package io.qilin.mlflow;

import io.qilin.api.model.ModelVersion;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has told of production, given no longer than a bound after it was asked. {@link #forget} waits for who asks and
 * removes what that one notes, so that a change by this process is seen at once.
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

  private record Answer(Optional<ModelVersion> version, long askedAt) {}

  /** The last answer for one name; one thread at a time asks. */
  private static final class Entry {
    private volatile @Nullable Answer answer;
  }

  Optional<ModelVersion> get(String name) {
    if (entries.size() >= MOST_NAMES) {
      entries.clear();
    }
    Entry entry = entries.computeIfAbsent(name, unknown -> new Entry());
    Answer answer = entry.answer;
    if (answer != null && nanos.getAsLong() - answer.askedAt() < boundNanos) {
      return answer.version();
    }
    synchronized (entry) {
      Answer other = entry.answer;
      long now = nanos.getAsLong();
      if (other == null || now - other.askedAt() >= boundNanos) {
        other = new Answer(source.apply(name), now);
        entry.answer = other;
      }
      return other.version();
    }
  }

  void forget(String name) {
    Entry entry = entries.get(name);
    if (entry != null) {
      synchronized (entry) {
        entry.answer = null;
      }
    }
  }
}
