package io.qilin.security.secret;

import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends the secrets of a provider for a time, and tells when one of them changed. A change is noticed when a lease is taken and
 * when the host calls {@link #refresh}; there is no thread of its own. Safe to share between threads.
 */
public final class SecretLeases {
  private static final Logger LOG = LoggerFactory.getLogger(SecretLeases.class);
  private static final int MOST_NAMES = 10_000;

  private final SecretProvider provider;
  private final Clock clock;
  private final Duration life;
  private final Map<String, Known> known = new HashMap<>();
  private final List<RotationListener> listeners = new CopyOnWriteArrayList<>();

  private record Known(Secret secret, long version) {}

  private SecretLeases(SecretProvider provider, Clock clock, Duration life) {
    this.provider = provider;
    this.clock = clock;
    this.life = life;
  }

  /**
   * Lends secrets.
   *
   * @param life how long a lease lasts: more than nothing, at most 30 days
   * @throws QilinException INVALID_ARGUMENT for another life
   */
  public static SecretLeases of(SecretProvider provider, Clock clock, Duration life) {
    if (life.isNegative() || life.isZero() || life.compareTo(Duration.ofDays(30)) > 0) {
      throw QilinException.invalid(
          "a lease lasts more than nothing and at most 30 days, not " + life);
    }
    return new SecretLeases(
        Objects.requireNonNull(provider, "provider"), Objects.requireNonNull(clock, "clock"), life);
  }

  /** Tells a listener of every change from now on. */
  public void listen(RotationListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Lends a secret.
   *
   * @throws QilinException SECRET_UNAVAILABLE if there is none of this name, or the provider fails
   */
  public SecretLease lease(String name) {
    List<SecretRotation> rotations = new ArrayList<>();
    SecretLease lease;
    synchronized (known) {
      Known now = look(SecretNames.check(name), rotations);
      Instant issued = clock.instant();
      lease = new SecretLease(name, now.version, now.secret, clock, issued, issued.plus(life));
    }
    tell(rotations);
    return lease;
  }

  /**
   * Asks again for every secret that was lent.
   *
   * @return what changed
   * @throws QilinException SECRET_UNAVAILABLE if one is gone or the provider fails; what changed before was told
   */
  public List<SecretRotation> refresh() {
    List<SecretRotation> rotations = new ArrayList<>();
    try {
      synchronized (known) {
        for (String name : List.copyOf(known.keySet())) {
          look(name, rotations);
        }
      }
    } finally {
      tell(rotations);
    }
    return List.copyOf(rotations);
  }

  private Known look(String name, List<SecretRotation> rotations) {
    Optional<Secret> answer = SafeProvider.ask(provider, name, "the provider");
    Known before = known.get(name);
    if (answer.isEmpty()) {
      known.remove(name);
      throw SecretNames.unavailable(name, "there is none of this name");
    }
    if (before != null && before.secret.equals(answer.get())) {
      return before;
    }
    if (before == null && known.size() >= MOST_NAMES) {
      throw SecretNames.unavailable(name, "more than " + MOST_NAMES + " secrets are lent");
    }
    Known now = new Known(answer.get(), before == null ? 1 : before.version + 1);
    known.put(name, now);
    if (before != null) {
      rotations.add(new SecretRotation(name, now.version, clock.instant()));
    }
    return now;
  }

  private void tell(List<SecretRotation> rotations) {
    for (SecretRotation rotation : rotations) {
      for (RotationListener listener : listeners) {
        try {
          listener.rotated(rotation);
        } catch (RuntimeException e) {
          LOG.warn(
              "a listener for changes of secrets threw {} for {}",
              e.getClass().getName(),
              rotation);
        }
      }
    }
  }
}
