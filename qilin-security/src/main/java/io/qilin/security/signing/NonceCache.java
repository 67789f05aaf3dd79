package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Nonces in the memory of this process, for a fixed time by a ticker that only grows: a step of the wall clock frees none. When one is
 * forgotten, so is every request that is as old: anything stamped at or before the latest forgotten time is {@code TOO_OLD}, so a clock
 * that is set back lets no old request in again. A full cache refuses, it never forgets early.
 *
 * <p>Each key has its own nonces and at most its own share of the room, so one client cannot use up that of all. Safe to share
 * between threads: all that happens to one key's nonces happens under one lock of the map.
 */
public final class NonceCache implements NonceStore {
  /** Room for nonces unless another number is given. */
  public static final int DEFAULT_ROOM = 1_000_000;

  private static final int LEAST_SHARE = 1_000;
  private static final int SHARES = 10;

  private final int room;
  private final int roomPerKey;
  private final long keptNanos;
  private final LongSupplier ticker;
  private final ConcurrentHashMap<String, Nonces> byKey = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicReference<Instant> forgottenUpTo;
  private final AtomicLong sweptAt;

  private record Seen(String nonce, Instant stampedAt, long seenAt) {}

  /** Of one key: in the order in which they came, and by name. */
  private record Nonces(Deque<Seen> inOrder, Set<String> names) {}

  private NonceCache(int room, Duration kept, LongSupplier ticker, Instant acceptedBefore) {
    this.room = room;
    this.roomPerKey = Math.min(room, Math.max(LEAST_SHARE, room / SHARES));
    this.keptNanos = kept.toNanos();
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    this.sweptAt = new AtomicLong(ticker.getAsLong());
    this.forgottenUpTo =
        new AtomicReference<>(Objects.requireNonNull(acceptedBefore, "acceptedBefore"));
  }

  /**
   * An empty cache.
   *
   * @param room how many nonces there is room for, 1 to 10,000,000; one key has a tenth of it, and not less than 1,000
   * @param window the verifier's window, up to 300 s; a nonce is kept for twice this time and 30 s more
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   * @param acceptedBefore requests stamped at or before this time are refused, because an earlier process may have accepted them.
   *     After a restart this is the time of the start plus the window, so that the window is waited out; where no process ever
   *     accepted a request, {@code Instant.MIN}
   * @throws QilinException INVALID_ARGUMENT if one is out of range
   */
  public static NonceCache of(
      int room, Duration window, LongSupplier ticker, Instant acceptedBefore) {
    if (room < 1 || room > 10_000_000) {
      throw QilinException.invalid("there is room for 1 to 10,000,000 nonces, not for " + room);
    }
    RequestVerifier.checkWindow(window);
    Duration kept = window.multipliedBy(2).plus(RequestVerifier.LEEWAY);
    return new NonceCache(room, kept, ticker, acceptedBefore);
  }

  @Override
  public Answer take(String keyId, String nonce, Instant stampedAt) {
    Answer answer = takeOnce(keyId, nonce, stampedAt);
    if (answer == Answer.FULL && sweep()) {
      answer = takeOnce(keyId, nonce, stampedAt);
    }
    return answer;
  }

  /** How many nonces are remembered. */
  public int size() {
    return size.get();
  }

  private Answer takeOnce(String keyId, String nonce, Instant stampedAt) {
    Answer[] answer = {Answer.FULL};
    byKey.compute(keyId, (id, known) -> {
      Nonces nonces = known == null ? new Nonces(new ArrayDeque<>(), new HashSet<>()) : known;
      long now = ticker.getAsLong();
      forget(nonces, now);
      answer[0] = take(nonces, new Seen(nonce, stampedAt, now));
      return nonces.names.isEmpty() ? null : nonces;
    });
    return answer[0];
  }

  private Answer take(Nonces nonces, Seen seen) {
    if (nonces.names.contains(seen.nonce)) {
      return Answer.SEEN;
    }
    if (!seen.stampedAt.isAfter(forgottenUpTo.get())) {
      return Answer.TOO_OLD;
    }
    if (nonces.names.size() >= roomPerKey || !reserve()) {
      return Answer.FULL;
    }
    nonces.names.add(seen.nonce);
    nonces.inOrder.add(seen);
    return Answer.FRESH;
  }

  /** Counts only what gets a place: to count first and take back would show more than there is, and refuse others meanwhile. */
  private boolean reserve() {
    return size.getAndUpdate(count -> Math.min(count + 1, room)) < room;
  }

  private void forget(Nonces nonces, long now) {
    Seen oldest = nonces.inOrder.peek();
    while (oldest != null && now - oldest.seenAt > keptNanos) {
      Instant stampedAt = oldest.stampedAt;
      forgottenUpTo.accumulateAndGet(stampedAt, (a, b) -> a.isAfter(b) ? a : b);
      nonces.names.remove(oldest.nonce);
      nonces.inOrder.remove();
      size.decrementAndGet();
      oldest = nonces.inOrder.peek();
    }
  }

  /** Forgets what is old of all keys, at most ten times in the time that a nonce is kept. */
  private boolean sweep() {
    long now = ticker.getAsLong();
    long last = sweptAt.get();
    if (now - last < keptNanos / 10 || !sweptAt.compareAndSet(last, now)) {
      return false;
    }
    for (String id : byKey.keySet()) {
      byKey.computeIfPresent(id, (key, nonces) -> {
        forget(nonces, now);
        return nonces.names.isEmpty() ? null : nonces;
      });
    }
    return true;
  }
}
