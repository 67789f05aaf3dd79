package io.qilin.vault;

import io.qilin.api.secret.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A token and how long it lasts.
 *
 * @param life how long it lasted when it was issued
 * @param due when it should be renewed or replaced
 * @param ends when it is of no use any more
 * @param renewable whether the server would renew it
 * @param own whether this client logged in for it, and so revokes it
 */
record Lease(
    Secret token, Duration life, Instant due, Instant ends, boolean renewable, boolean own) {
  private static final long LONGEST_SECONDS = Duration.ofDays(3_650).toSeconds();
  /** A renewal that gives less than this part of the first life has met the token's end. */
  private static final int LEAST_PART = 3;

  /**
   * A token that was just issued.
   *
   * @param seconds its life; 0 for one that does not end
   * @param asked the moment before the server was asked, so that it never seems to live longer than it does
   */
  static Lease of(Secret token, long seconds, boolean renewable, boolean own, Instant asked) {
    if (seconds <= 0) {
      return new Lease(token, Duration.ZERO, Instant.MAX, Instant.MAX, false, own);
    }
    Duration life = Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS));
    return new Lease(token, life, due(life, asked), asked.plus(life), renewable, own);
  }

  /** At two thirds, so that there is time to try again. */
  private static Instant due(Duration life, Instant asked) {
    return asked.plus(life.multipliedBy(2).dividedBy(3));
  }

  /** The same token, renewed. */
  Lease renewed(long seconds, boolean again, Instant asked) {
    Duration rest = Duration.ofSeconds(Math.max(1, Math.min(seconds, LONGEST_SECONDS)));
    boolean more = again && rest.multipliedBy(LEAST_PART).compareTo(life) >= 0;
    return new Lease(token, life, due(rest, asked), asked.plus(rest), more, own);
  }

  /** The same token, to be looked after again when half of what is left has gone. */
  Lease later(Instant now) {
    Duration rest = Duration.between(now, ends);
    return new Lease(token, life, now.plus(rest.dividedBy(2)), ends, renewable, own);
  }

  boolean isDue(Instant now) {
    return !now.isBefore(due);
  }

  boolean hasEnded(Instant now) {
    return !now.isBefore(ends);
  }
}
