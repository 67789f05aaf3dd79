package io.qilin.security.access;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force, exchanged as a whole by one reference. {@link #refresh} is called by the host, more often than once in 60 s:
 * while the source fails or hangs, the last good policy stays for at most that long after it was last confirmed, and then there is
 * none and all is denied. A policy of a lower revision than the last, or of the same revision with another text, is refused.
 *
 * <p>Safe to share between threads: readers see one immutable snapshot, and of refreshes that overlap the higher revision stays.
 */
public final class PolicyStore {
  /** The longest time that a policy may stay unconfirmed. */
  public static final Duration LONGEST_AGE = Duration.ofSeconds(60);

  private final PolicySource source;
  private final LongSupplier ticker;
  private final long maxAgeNanos;
  private final AtomicReference<@Nullable Snapshot> current = new AtomicReference<>();

  /** A policy and when it was asked for, by the ticker. */
  record Snapshot(AccessPolicy policy, long askedAt) {}

  private PolicyStore(PolicySource source, LongSupplier ticker, Duration maxAge) {
    this.source = Objects.requireNonNull(source, "source");
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    this.maxAgeNanos = maxAge.toNanos();
  }

  /**
   * A store without a policy yet: all is denied until the first refresh.
   *
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   * @param maxAge how long a policy stays that the source does not confirm; more than 0, at most 60 s
   * @throws QilinException INVALID_ARGUMENT if {@code maxAge} is out of range
   */
  public static PolicyStore of(PolicySource source, LongSupplier ticker, Duration maxAge) {
    if (maxAge.isNegative() || maxAge.isZero() || maxAge.compareTo(LONGEST_AGE) > 0) {
      throw QilinException.invalid(
          "a policy may stay unconfirmed for more than 0 and at most 60 s, not for " + maxAge);
    }
    return new PolicyStore(source, ticker, maxAge);
  }

  /**
   * Asks the source and takes what it gives, whole or not at all. Two threads may call it at once.
   *
   * @throws QilinException what the source threw; SECURITY_UNAVAILABLE if it failed in another way or gave null; INPUT_REJECTED if
   *     the policy is faulty or older than the last. In each case the last good one stays as long as it may
   */
  public void refresh() {
    long askedAt = ticker.getAsLong();
    AccessPolicy policy = AccessPolicy.parse(load());
    current.updateAndGet(last -> newer(last, new Snapshot(policy, askedAt)));
  }

  private byte[] load() {
    byte[] json;
    try {
      json = source.load();
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the source of the policy failed; the last good one stays for at most 60 s",
          e);
    }
    if (json == null) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the source of the policy gave none; the last good one stays for at most 60 s");
    }
    return json;
  }

  private static Snapshot newer(@Nullable Snapshot last, Snapshot next) {
    if (last == null) {
      return next;
    }
    AccessPolicy before = last.policy;
    AccessPolicy after = next.policy;
    if (after.revision() < before.revision()) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED,
          "the policy of revision " + after.revision() + " is refused: revision "
              + before.revision()
              + " was in force; give a policy that takes back a change a new revision");
    }
    if (after.revision() > before.revision()) {
      return next;
    }
    if (!after.digest().equals(before.digest())) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED,
          "the policy of revision " + after.revision()
              + " is refused: its text differs from the one in force; give a changed policy a new revision");
    }
    return new Snapshot(before, next.askedAt - last.askedAt > 0 ? next.askedAt : last.askedAt);
  }

  /** The policy in force; empty before the first refresh and when the last good one is too old. */
  public Optional<AccessPolicy> policy() {
    Snapshot snapshot = current.get();
    return snapshot == null || !young(snapshot) ? Optional.empty() : Optional.of(snapshot.policy);
  }

  private boolean young(Snapshot snapshot) {
    long age = ticker.getAsLong() - snapshot.askedAt;
    return age >= 0 && age <= maxAgeNanos;
  }
}
