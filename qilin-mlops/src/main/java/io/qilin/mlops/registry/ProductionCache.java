package io.qilin.mlops.registry;

import io.qilin.api.model.ModelVersion;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the registry has read of production, each answer with the moment before it was read: an answer is given no later than the
 * bound after that moment, so that a promotion by another process is seen within the bound. A promotion by this process is seen at
 * once: {@link #forget} waits for a reader that may have read before it, and then removes what that reader has noted.
 */
final class ProductionCache {
  private static final int MAX_NAMES = 10_000;

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final Function<String, Optional<ModelVersion>> source;
  private final LongSupplier nanos;
  private final long boundNanos;

  ProductionCache(
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
    Entry entry = entries.get(name);
    if (entry != null) {
      Answer answer = entry.answer;
      if (answer != null && nanos.getAsLong() - answer.askedAt() < boundNanos) {
        return answer.version();
      }
    }
    return ask(name);
  }

  private Optional<ModelVersion> ask(String name) {
    if (entries.size() >= MAX_NAMES) {
      entries.clear();
    }
    Entry entry = entries.computeIfAbsent(name, unknown -> new Entry());
    synchronized (entry) {
      Answer answer = entry.answer;
      long now = nanos.getAsLong();
      if (answer == null || now - answer.askedAt() >= boundNanos) {
        answer = new Answer(source.apply(name), now);
        entry.answer = answer;
      }
      return answer.version();
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
