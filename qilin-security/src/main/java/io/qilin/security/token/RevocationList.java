package io.qilin.security.token;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Revoked tokens in memory: single ones by their id, and all of a subject that were issued up to a moment. An entry is dropped when
 * every token that it is about is over. A full list refuses further entries, so that none is lost unseen; the host then revokes the
 * key. It forgets everything with the process: a host with several processes, or with restarts, keeps its own list behind {@link
 * RevokedTokens}. Safe to share between threads.
 */
public final class RevocationList implements RevokedTokens {
  private final int most;
  private final Clock clock;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<String, Subject> subjects = new ConcurrentHashMap<>();

  private RevocationList(int most, Clock clock) {
    this.most = most;
    this.clock = clock;
  }

  /**
   * An empty list.
   *
   * @param most how many entries it holds, 1 to 10 million
   * @throws QilinException INVALID_ARGUMENT for another number
   */
  public static RevocationList of(int most, Clock clock) {
    if (most < 1 || most > 10_000_000) {
      throw QilinException.invalid("a revocation list holds 1 to 10000000 entries, not " + most);
    }
    return new RevocationList(most, Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Revokes a token.
   *
   * @param tokenId its {@code jti}
   * @param expiresAt its {@code exp}
   * @throws QilinException SECURITY_UNAVAILABLE if the list is full: the token still counts then
   */
  public synchronized void revoke(String tokenId, Instant expiresAt) {
    Objects.requireNonNull(tokenId, "tokenId");
    if (!tokens.containsKey(tokenId)) {
      makeRoom();
    }
    tokens.merge(tokenId, expiresAt.plus(TokenLimits.MOST_LEEWAY), RevocationList::later);
  }

  /**
   * Revokes all tokens of a subject that were issued up to now, this second included. After the clock was set back, those that were
   * revoked before stay so.
   *
   * @throws QilinException SECURITY_UNAVAILABLE if the list is full: the tokens still count then
   */
  public synchronized void revokeSubject(String subject) {
    Objects.requireNonNull(subject, "subject");
    if (!subjects.containsKey(subject)) {
      makeRoom();
    }
    Instant now = clock.instant();
    Instant keep = now.plus(TokenLimits.MOST_LIFE).plus(TokenLimits.MOST_LEEWAY);
    subjects.merge(subject, new Subject(now, keep), Subject::later);
  }

  /** How many entries there are. */
  public int size() {
    return tokens.size() + subjects.size();
  }

  @Override
  public Boolean revoked(VerifiedToken token) {
    Subject all = subjects.get(token.subject());
    boolean bySubject = all != null && !token.issuedAt().isAfter(all.issuedUpTo);
    return bySubject || tokens.containsKey(token.id());
  }

  private void makeRoom() {
    if (size() < most) {
      return;
    }
    Instant now = clock.instant();
    tokens.values().removeIf(end -> !now.isBefore(end));
    subjects.values().removeIf(subject -> !now.isBefore(subject.keepUntil));
    if (size() >= most) {
      throw new QilinException(
          ErrorCode.SECURITY_UNAVAILABLE,
          "the revocation list is full with " + most + " entries; revoke the key of the tokens");
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private record Subject(Instant issuedUpTo, Instant keepUntil) {
    private static Subject later(Subject one, Subject other) {
      return one.issuedUpTo.isBefore(other.issuedUpTo) ? other : one;
    }
  }
}
