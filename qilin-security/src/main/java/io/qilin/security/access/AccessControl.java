package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the policy in force. It denies what no rule allows, and whatever goes wrong: no policy, one that is too old, a
 * request that is null, an exception. It never throws. Safe to share between threads.
 *
 * <p>Which rules are about a caller, an action and a resource is remembered for at most 60 s, in a table of fixed size, and only for
 * the very policy that it was found with; conditions are looked at each time. So a new policy counts at once.
 *
 * <pre>
 * PolicyStore store = PolicyStore.of(source, System::nanoTime, PolicyStore.LONGEST_AGE);
 * store.refresh(); // and again every 20 s
 * Authorizer access = AccessControl.of(store, System::nanoTime);
 * access.decide(new AccessRequest(Identity.of("alice"), "submit", "orders/600519.SH", context)).orThrow();
 * </pre>
 */
public final class AccessControl implements Authorizer {
  private static final int PLACES = 4096;
  private static final Duration REMEMBERED = Duration.ofSeconds(60);

  private final PolicyStore store;
  private final MatchCache cache;

  private AccessControl(PolicyStore store, MatchCache cache) {
    this.store = Objects.requireNonNull(store, "store");
    this.cache = cache;
  }

  /**
   * Decides by the store's policy.
   *
   * @param ticker nanoseconds that only grow, for example {@code System::nanoTime}
   */
  public static AccessControl of(PolicyStore store, LongSupplier ticker) {
    return new AccessControl(
        store, new MatchCache(PLACES, REMEMBERED, Objects.requireNonNull(ticker, "ticker")));
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // whatever fails denies, and the reason says what failed
  public Decision decide(@Nullable AccessRequest request) {
    try {
      if (request == null) {
        return error("there is no request");
      }
      Optional<AccessPolicy> policy = store.policy();
      return policy.isEmpty()
          ? unavailable()
          : cache.match(policy.get(), request).decide(request);
    } catch (RuntimeException e) {
      return error("deciding failed: " + e.getClass().getName());
    }
  }

  /**
   * What is decided about a request, and how that comes about; not remembered.
   *
   * @throws QilinException as the ticker or a condition throws; {@link #decide} denies then
   */
  public Explanation explain(AccessRequest request) {
    return store
        .policy()
        .map(policy -> policy.explain(request))
        .orElseGet(() -> new Explanation(unavailable(), 0, Set.of(), List.of()));
  }

  private static Decision unavailable() {
    return new Decision.Deny(
        "unavailable", "there is no policy, or its source failed for too long");
  }

  private static Decision error(String reason) {
    return new Decision.Deny("error", reason);
  }
}
