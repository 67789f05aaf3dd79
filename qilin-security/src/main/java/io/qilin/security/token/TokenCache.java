package io.qilin.security.token;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers accepted tokens by their hash, in a table of fixed size: groups of four places, of which a full one gives up what ends
 * first. Only genuine tokens come in, so nobody without a key can fill it. An entry counts only for the keys that it was verified
 * with, and within its time.
 *
 * <p>Safe to share between threads without a lock: each place is one reference to an immutable entry, and an entry that two threads
 * overwrite for each other costs one more verification.
 */
final class TokenCache {
  private static final int WAYS = 4;

  private final AtomicReferenceArray<@Nullable Entry> places;
  private final int mask;

  /** A table with room for so many tokens, rounded up to a power of two. */
  TokenCache(int tokens) {
    int groups = 1;
    while (groups * WAYS < tokens) {
      groups *= 2;
    }
    this.mask = groups - 1;
    this.places = new AtomicReferenceArray<>(groups * WAYS);
  }

  TokenVerdict.@Nullable Accepted find(TokenDigest digest, TokenKeys.Snapshot keys, Instant now) {
    int start = start(digest);
    for (int place = start; place < start + WAYS; place++) {
      Entry entry = places.get(place);
      if (entry != null && entry.digest.equals(digest)) {
        if (entry.counts(keys, now)) {
          return entry.genuine.accepted();
        }
        places.compareAndSet(place, entry, null);
      }
    }
    return null;
  }

  void put(TokenDigest digest, TokenKeys.Snapshot keys, TokenVerifier.Genuine genuine) {
    int start = start(digest);
    int victim = start;
    Instant soonest = Instant.MAX;
    for (int place = start; place < start + WAYS; place++) {
      Entry entry = places.get(place);
      Instant end = entry == null || entry.keys != keys ? Instant.MIN : entry.genuine.until();
      if (end.isBefore(soonest)) {
        soonest = end;
        victim = place;
      }
    }
    places.set(victim, new Entry(digest, keys, genuine));
  }

  /** How many entries there are, also such as do not count any more. */
  int size() {
    int size = 0;
    for (int place = 0; place < places.length(); place++) {
      size += places.get(place) == null ? 0 : 1;
    }
    return size;
  }

  int capacity() {
    return places.length();
  }

  private int start(TokenDigest digest) {
    return ((int) digest.first() & mask) * WAYS;
  }

  private record Entry(TokenDigest digest, TokenKeys.Snapshot keys, TokenVerifier.Genuine genuine) {
    boolean counts(TokenKeys.Snapshot current, Instant now) {
      return keys == current && !now.isBefore(genuine.from()) && now.isBefore(genuine.until());
    }
  }
}
