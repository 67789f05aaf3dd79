package io.qilin.data.failover;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Answers in memory, bounded by their weight. Maintenance runs on the calling thread. */
final class KeptCopies {
  private static final int KIBIBYTE = 1024;

  /** An answer with its weight. */
  private record Entry(Object value, int weight) {}

  private final Cache<Object, Entry> entries;

  private KeptCopies(Cache<Object, Entry> entries) {
    this.entries = entries;
  }

  /** Copies that stay until there is no more room. */
  static KeptCopies lasting(long bytes) {
    return new KeptCopies(
        builder(bytes).<Object, Entry>weigher((key, entry) -> entry.weight()).build());
  }

  /** Copies that are gone after a time. */
  static KeptCopies expiring(long bytes, Duration after, LongSupplier ticker) {
    return new KeptCopies(builder(bytes)
        .<Object, Entry>weigher((key, entry) -> entry.weight())
        .expireAfterWrite(after)
        .ticker(ticker::getAsLong)
        .build());
  }

  private static Caffeine<Object, Object> builder(long bytes) {
    return Caffeine.newBuilder()
        .maximumWeight(Math.max(1, bytes / KIBIBYTE))
        .executor(Runnable::run);
  }

  void put(Object key, Object value, long bytes) {
    entries.put(key, new Entry(value, (int) Math.min(Integer.MAX_VALUE, bytes / KIBIBYTE + 1)));
  }

  Optional<Object> find(Object key) {
    @Nullable Entry entry = entries.getIfPresent(key);
    return Optional.ofNullable(entry).map(Entry::value);
  }
}
