package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyState;
import io.qilin.security.signing.ApiKey;
import io.qilin.security.signing.ApiKeyStore;
import io.qilin.security.signing.ApiKeys;
import io.qilin.security.signing.IssuedApiKey;
import io.qilin.security.signing.MemoryApiKeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Does a revoked API key count, or does a rotation leave more keys behind than it should? */
public final class ApiKeyStress {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-27T01:30:00Z"), ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final IssuedApiKey OLD = ApiKeys.of(new MemoryApiKeyStore(), CLOCK, RANDOM)
      .issue("desk-1", Set.of("orders"), Duration.ofDays(90));
  private static final String ID = OLD.key().id();

  private ApiKeyStress() {}

  private static String verified(ApiKeys keys) {
    return keys.verify(OLD.secret().reveal(), "orders")
        .fold(key -> "ACCEPTED", refused -> refused.reason().name());
  }

  private static String rotated(ApiKeys keys) {
    try {
      keys.rotate(ID, Duration.ofDays(1));
      return "ROTATED";
    } catch (QilinException e) {
      return e.code().name();
    }
  }

  /** A store that knows which keys ever came in. */
  private static final class Listing implements ApiKeyStore {
    private final ApiKeyStore keys = new MemoryApiKeyStore();
    private final Queue<String> ids = new ConcurrentLinkedQueue<>();

    private Listing() {
      insert(OLD.key());
    }

    @Override
    public Optional<ApiKey> find(String id) {
      return keys.find(id);
    }

    @Override
    public boolean insert(ApiKey key) {
      ids.add(key.id());
      return keys.insert(key);
    }

    @Override
    public boolean replace(ApiKey expected, ApiKey next) {
      return keys.replace(expected, next);
    }

    private int active() {
      int active = 0;
      for (String id : ids) {
        active += find(id).orElseThrow().state() == KeyState.ACTIVE ? 1 : 0;
      }
      return active;
    }
  }

  /** "Ends a key at once and for good": who has seen the revocation, and all later, are refused. */
  @JCStressTest
  @Outcome(
      id = {"REVOKED, ACCEPTED, REVOKED", "REVOKED, REVOKED, REVOKED"},
      expect = ACCEPTABLE,
      desc = "Before the revocation or after it.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "A revoked key was accepted, or a good one refused for another reason.")
  @State
  public static class Revocation {
    private final ApiKeys keys = ApiKeys.of(new Listing(), CLOCK, RANDOM);

    /** For jcstress. */
    public Revocation() {}

    /** Revokes and looks. */
    @Actor
    public void revoke(LLL_Result said) {
      keys.revoke(ID);
      said.r1 = verified(keys);
    }

    /** Uses the key. */
    @Actor
    public void use(LLL_Result said) {
      said.r2 = verified(keys);
    }

    /** Uses it later. */
    @Arbiter
    public void later(LLL_Result said) {
      said.r3 = verified(keys);
    }
  }

  /** "Of two rotations of one key at once, one fails", and its key does not stay behind; the third figure is the active keys. */
  @JCStressTest
  @Outcome(
      id = {"ROTATED, KEY_UNAVAILABLE, 1", "KEY_UNAVAILABLE, ROTATED, 1"},
      expect = ACCEPTABLE,
      desc = "One new key.")
  @Outcome(expect = FORBIDDEN, desc = "Two new keys, or none, or one that nobody knows.")
  @State
  public static class TwoRotations {
    private final Listing store = new Listing();
    private final ApiKeys keys = ApiKeys.of(store, CLOCK, RANDOM);

    /** For jcstress. */
    public TwoRotations() {}

    /** A rotation. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = rotated(keys);
    }

    /** Another. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = rotated(keys);
    }

    /** Counts. */
    @Arbiter
    public void active(LLI_Result said) {
      said.r3 = store.active();
    }
  }

  /** A key is revoked while it is rotated: it ends in any case. */
  @JCStressTest
  @Outcome(
      id = "ROTATED, REVOKED, 1",
      expect = ACCEPTABLE,
      desc = "The rotation first: its new key stays.")
  @Outcome(
      id = "KEY_UNAVAILABLE, REVOKED, 0",
      expect = ACCEPTABLE,
      desc = "The revocation first: there is no new key.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "The old key outlived its revocation, or a key stayed that nobody knows.")
  @State
  public static class RevokedWhileRotated {
    private final Listing store = new Listing();
    private final ApiKeys keys = ApiKeys.of(store, CLOCK, RANDOM);

    /** For jcstress. */
    public RevokedWhileRotated() {}

    /** The rotation. */
    @Actor
    public void rotate(LLI_Result said) {
      said.r1 = rotated(keys);
    }

    /** The revocation. */
    @Actor
    public void revoke(LLI_Result said) {
      keys.revoke(ID);
      said.r2 = verified(keys);
    }

    /** Counts. */
    @Arbiter
    public void active(LLI_Result said) {
      said.r3 = store.active();
    }
  }
}
