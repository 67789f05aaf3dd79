package io.qilin.security.access;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which rules are about which caller, action and resource, in a table of fixed size in which a new entry takes the place
 * of the old one. An entry counts for one policy only and for a limited time.
 *
 * <p>Safe to share between threads without a lock: each place is one reference to an immutable entry.
 */
final class MatchCache {
  private final AtomicReferenceArray<@Nullable Entry> places;
  private final long maxAgeNanos;
  private final LongSupplier ticker;

  private record Key(String subject, Set<String> roleHints, String action, String resource) {
    static Key of(AccessRequest request) {
      Identity identity = request.identity();
      return new Key(
          identity.subject(), identity.roleHints(), request.action(), request.resource());
    }
  }

  private record Entry(Key key, AccessPolicy policy, long foundAt, RuleMatch match) {}

  /** @param size a power of two */
  MatchCache(int size, Duration maxAge, LongSupplier ticker) {
    this.places = new AtomicReferenceArray<>(size);
    this.maxAgeNanos = maxAge.toNanos();
    this.ticker = ticker;
  }

  @SuppressWarnings(
      "ReferenceEquality") // an equal policy would be as good, but it is the same or it is another
  RuleMatch match(AccessPolicy policy, AccessRequest request) {
    Key key = Key.of(request);
    int hash = key.hashCode();
    int place = (hash ^ (hash >>> 16)) & (places.length() - 1);
    long now = ticker.getAsLong();
    Entry entry = places.get(place);
    if (entry != null
        && entry.policy == policy
        && entry.key.equals(key)
        && now - entry.foundAt >= 0
        && now - entry.foundAt <= maxAgeNanos) {
      return entry.match;
    }
    RuleMatch match = policy.match(request);
    places.set(place, new Entry(key, policy, now, match));
    return match;
  }
}
