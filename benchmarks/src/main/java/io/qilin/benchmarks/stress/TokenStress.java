package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.api.error.QilinException;
import io.qilin.security.token.IssuedToken;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.RevocationList;
import io.qilin.security.token.RevokedTokens;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Does a token count after it was revoked, from the cache for example, or does one not count while keys are rotated? */
public final class TokenStress {
  private static final Instant NOW = Instant.parse("2026-11-27T01:30:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TokenKey OLD = key("old");
  private static final TokenKey NEXT = key("next");
  private static final TokenGrant GRANT = TokenGrant.builder("li").build();
  private static final IssuedToken TOKEN = issuer(TokenKeys.of(OLD)).issue(GRANT);
  private static final IssuedToken ANOTHER = issuer(TokenKeys.of(OLD)).issue(GRANT);

  private TokenStress() {}

  private static TokenKey key(String id) {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    return TokenKey.secret(id, JwsAlgorithm.HS256, secret);
  }

  private static TokenIssuer issuer(TokenKeys keys) {
    return TokenIssuer.of(keys, "qilin", "desk", CLOCK, RANDOM);
  }

  private static TokenVerifier verifier(TokenKeys keys, RevokedTokens revoked) {
    return TokenVerifier.builder(keys, "qilin", "desk", CLOCK)
        .revoked(revoked)
        .cached(4)
        .build();
  }

  private static String checked(TokenVerifier verifier, IssuedToken token) {
    return verifier
        .check(token.text().reveal())
        .fold(good -> "ACCEPTED", refused -> refused.reason().name());
  }

  /** The key that signed a new token, if that token is accepted. */
  private static String issued(TokenKeys keys, TokenVerifier verifier) {
    try {
      IssuedToken token = issuer(keys).issue(GRANT);
      String said = checked(verifier, token);
      return said.equals("ACCEPTED") ? token.keyId() : said;
    } catch (QilinException e) {
      return e.code().name();
    }
  }

  /** On rotation the new key signs and the old one goes on verifying: tokens of before, of just then and of after are accepted. */
  @JCStressTest
  @Outcome(
      id = {"next, old, ACCEPTED", "next, next, ACCEPTED"},
      expect = ACCEPTABLE,
      desc = "Signed by the old key or the new one, and accepted.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "A token was refused, or none issued, or the old key signed after the rotation.")
  @State
  public static class Rotation {
    private final TokenKeys keys = TokenKeys.of(OLD);
    private final TokenVerifier verifier = verifier(keys, RevocationList.of(10, CLOCK));

    /** For jcstress. */
    public Rotation() {}

    /** Rotates, and issues a token. */
    @Actor
    public void rotate(LLL_Result said) {
      keys.rotate(NEXT, NOW.plus(Duration.ofMinutes(16)));
      said.r1 = issued(keys, verifier);
    }

    /** Issues a token meanwhile, and shows one of before. */
    @Actor
    public void issue(LLL_Result said) {
      said.r2 = issued(keys, verifier);
      said.r3 = checked(verifier, TOKEN);
    }
  }

  /** A token is revoked while another thread verifies it and puts it into the cache. */
  @JCStressTest
  @Outcome(
      id = {"TOKEN_REVOKED, ACCEPTED, TOKEN_REVOKED", "TOKEN_REVOKED, TOKEN_REVOKED, TOKEN_REVOKED"
      },
      expect = ACCEPTABLE,
      desc = "Before the revocation or after it.")
  @Outcome(expect = FORBIDDEN, desc = "A revoked token was accepted.")
  @State
  public static class RevokedToken {
    private final RevocationList list = RevocationList.of(10, CLOCK);
    private final TokenVerifier verifier = verifier(TokenKeys.of(OLD), list);

    /** For jcstress. */
    public RevokedToken() {}

    /** Revokes and looks. */
    @Actor
    public void revoke(LLL_Result said) {
      list.revoke(TOKEN.id(), TOKEN.expiresAt());
      said.r1 = checked(verifier, TOKEN);
    }

    /** Shows the token. */
    @Actor
    public void show(LLL_Result said) {
      said.r2 = checked(verifier, TOKEN);
    }

    /** Shows it later. */
    @Arbiter
    public void later(LLL_Result said) {
      said.r3 = checked(verifier, TOKEN);
    }
  }

  /** As {@link RevokedToken}, by the subject. */
  @JCStressTest
  @Outcome(
      id = {"TOKEN_REVOKED, ACCEPTED, TOKEN_REVOKED", "TOKEN_REVOKED, TOKEN_REVOKED, TOKEN_REVOKED"
      },
      expect = ACCEPTABLE,
      desc = "Before the revocation or after it.")
  @Outcome(expect = FORBIDDEN, desc = "A token of a revoked subject was accepted.")
  @State
  public static class RevokedSubject {
    private final RevocationList list = RevocationList.of(10, CLOCK);
    private final TokenVerifier verifier = verifier(TokenKeys.of(OLD), list);

    /** For jcstress. */
    public RevokedSubject() {}

    /** Revokes and looks. */
    @Actor
    public void revoke(LLL_Result said) {
      list.revokeSubject("li");
      said.r1 = checked(verifier, TOKEN);
    }

    /** Shows the token. */
    @Actor
    public void show(LLL_Result said) {
      said.r2 = checked(verifier, TOKEN);
    }

    /** Shows it later. */
    @Arbiter
    public void later(LLL_Result said) {
      said.r3 = checked(verifier, TOKEN);
    }
  }

  /** A full list refuses further entries, so that none is lost unseen; the third figure is how many there are. */
  @JCStressTest
  @Outcome(
      id = {"TOKEN_REVOKED, SECURITY_UNAVAILABLE, 1", "SECURITY_UNAVAILABLE, TOKEN_REVOKED, 1"},
      expect = ACCEPTABLE,
      desc = "One entry; the other caller is told.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "An entry was lost, or there are more than there is room for.")
  @State
  public static class FullList {
    private final RevocationList list = RevocationList.of(1, CLOCK);
    private final TokenVerifier verifier = verifier(TokenKeys.of(OLD), list);

    /** For jcstress. */
    public FullList() {}

    private String revoked(IssuedToken token) {
      try {
        list.revoke(token.id(), token.expiresAt());
        return checked(verifier, token);
      } catch (QilinException e) {
        return e.code().name();
      }
    }

    /** Revokes a token. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = revoked(TOKEN);
    }

    /** Revokes another. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = revoked(ANOTHER);
    }

    /** Counts. */
    @Arbiter
    public void count(LLI_Result said) {
      said.r3 = list.size();
    }
  }

  /** "Refuses a key from now on, and its id even when a later set brings it again", also for tokens from the cache. */
  @JCStressTest
  @Outcome(
      id = {"KEY_REVOKED, ACCEPTED, KEY_REVOKED", "KEY_REVOKED, KEY_REVOKED, KEY_REVOKED"},
      expect = ACCEPTABLE,
      desc = "Before the revocation or after it.")
  @Outcome(expect = FORBIDDEN, desc = "A token of a revoked key was accepted.")
  @State
  public static class RevokedKey {
    private final TokenKeys keys = TokenKeys.of(OLD);
    private final TokenVerifier verifier = verifier(keys, RevocationList.of(10, CLOCK));

    /** For jcstress. */
    public RevokedKey() {}

    /** Revokes and looks. */
    @Actor
    public void revoke(LLL_Result said) {
      keys.revoke("old");
      said.r1 = checked(verifier, TOKEN);
    }

    /** Shows the token, and takes the keys that the issuer publishes, the revoked one among them. */
    @Actor
    public void replace(LLL_Result said) {
      said.r2 = checked(verifier, TOKEN);
      keys.replace(List.of(OLD, NEXT));
    }

    /** Shows it later. */
    @Arbiter
    public void later(LLL_Result said) {
      said.r3 = checked(verifier, TOKEN);
    }
  }
}
