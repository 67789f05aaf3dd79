package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the token of one client alive. There is no thread: who needs the token looks after it.
 *
 * <p>At most one thread renews, and the others go on with the token that still lives. At most one thread logs in, and the others
 * wait for its answer, a failure too, so that a server that is down is asked once and not once by each. Both follow from one lease
 * in one volatile field, one flag for the renewal and one future for the login, which only the thread that set them takes away.
 */
final class VaultSession {
  private static final Logger LOG = LoggerFactory.getLogger(VaultSession.class);

  private final VaultHttp http;
  private final VaultLogin login;
  private final Clock clock;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private final AtomicReference<@Nullable CompletableFuture<Lease>> flight =
      new AtomicReference<>();
  private volatile @Nullable Lease lease;
  private volatile boolean closed;
  /** A fresh token that may not look itself up, so that a refused lookup says nothing about it. */
  private volatile @Nullable Secret blind;

  private volatile @Nullable Thread loggingIn;

  VaultSession(VaultHttp http, VaultLogin login, Clock clock) {
    this.http = http;
    this.login = login;
    this.clock = clock;
  }

  /** A token that lives. */
  Secret token() {
    Lease now = lease;
    if (now == null || now.hasEnded(clock.instant())) {
      return replaced(now).token();
    }
    if (now.isDue(clock.instant()) && renewing.compareAndSet(false, true)) {
      try {
        Lease latest = lease;
        return now.equals(latest) ? lookedAfter(now).token() : token();
      } finally {
        renewing.set(false);
      }
    }
    return now.token();
  }

  /** Renews or replaces a lease that still lives; if neither can be done now, it stays. */
  private Lease lookedAfter(Lease now) {
    try {
      Lease next = now.renewable() ? renewed(now) : replaced(now);
      lease = next;
      return next;
    } catch (QilinException e) {
      Instant at = clock.instant();
      if (e.code() == ErrorCode.CANCELLED || now.hasEnded(at)) {
        throw e;
      }
      LOG.warn(
          "the token of Vault was not renewed, and ends at {}: {}", now.ends(), e.getMessage());
      Lease later = now.later(at);
      lease = later;
      return later;
    }
  }

  private Lease renewed(Lease now) {
    Instant asked = clock.instant();
    try (JsonBody body = new JsonBody()) {
      Call call = Call.post("renewing the token", "auth/token/renew-self", body).again();
      Answer answer = http.send(call, now.token());
      if (answer.status() == 400 || answer.status() == 403) {
        return replaced(now);
      }
      Json auth = answer.good(call).json().at("auth");
      long seconds = auth.at("lease_duration")
          .whole()
          .orElseThrow(() -> Answer.nonsense(call, "lease_duration"));
      return now.renewed(seconds, auth.at("renewable").isTrue(), asked);
    }
  }

  /** Another lease than an old one: that which another thread has got meanwhile, or that of a login. */
  private Lease replaced(@Nullable Lease old) {
    if (Thread.currentThread().equals(loggingIn)) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the supplier of the login asks the client that waits for it; take its secret from"
              + " elsewhere");
    }
    while (true) {
      CompletableFuture<Lease> mine = new CompletableFuture<>();
      CompletableFuture<Lease> other = flight.compareAndExchange(null, mine);
      if (other == null) {
        return login(old, mine);
      }
      try {
        return other.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new QilinException(
            ErrorCode.CANCELLED, "the thread was interrupted that waited for a login at Vault", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof QilinException failure
            && failure.code() != ErrorCode.CANCELLED) {
          throw new QilinException(
              failure.code(), "the login at Vault that another thread made failed", failure);
        }
      }
    }
  }

  private Lease login(@Nullable Lease old, CompletableFuture<Lease> mine) {
    try {
      loggingIn = Thread.currentThread();
      Lease now = lease;
      boolean meanwhile = now != null && !now.equals(old) && !now.hasEnded(clock.instant());
      Lease fresh = meanwhile && now != null ? now : loggedIn();
      mine.complete(fresh);
      return fresh;
    } catch (QilinException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      // After an error of the machine the others try for themselves.
      mine.completeExceptionally(
          new QilinException(ErrorCode.CANCELLED, "the login at Vault was not finished"));
      loggingIn = null;
      flight.set(null);
    }
  }

  /** A lease of a login, unless the client is closed, before or meanwhile: then either this or {@link #close} sees the lease. */
  private Lease loggedIn() {
    if (!closed) {
      Lease fresh = login.login(http, clock);
      lease = fresh;
      if (!closed) {
        return fresh;
      }
      revoke(fresh);
    }
    throw new QilinException(
        ErrorCode.SECRET_UNAVAILABLE, "the client of Vault is closed, so there was no login");
  }

  /**
   * Whether another token than one that was refused can be had. A token that is known to the server was refused for what it asked;
   * one that is not known has ended or was revoked, and is replaced.
   */
  boolean isReplaced(Secret refused) {
    Lease now = lease;
    if (now != null && !now.token().equals(refused)) {
      return true;
    }
    Secret untold = blind;
    if ((untold != null && untold.equals(refused)) || isKnown(refused)) {
      return false;
    }
    Secret fresh = replaced(now).token();
    if (!isKnown(fresh)) {
      blind = fresh;
    }
    return !fresh.equals(refused);
  }

  private boolean isKnown(Secret token) {
    Call call = Call.get("looking up the token", "auth/token/lookup-self");
    int status = http.send(call, token).status();
    return status != 403 && status != 400;
  }

  /** Gives the token back if this client logged in for it. Nothing is thrown: what is left ends by itself. */
  void close() {
    closed = true;
    Lease now = lease;
    lease = null;
    if (now != null) {
      revoke(now);
    }
  }

  private void revoke(Lease now) {
    if (!now.own() || now.hasEnded(clock.instant())) {
      return;
    }
    try (JsonBody body = new JsonBody()) {
      Call call =
          Call.post("revoking the token", "auth/token/revoke-self", body).again();
      http.send(call, now.token()).good(call);
    } catch (QilinException e) {
      LOG.warn(
          "the token of Vault was not revoked, and ends at {}: {}", now.ends(), e.getMessage());
    }
  }
}
