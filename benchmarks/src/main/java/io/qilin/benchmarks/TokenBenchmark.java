package io.qilin.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.RevocationList;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerdict;
import io.qilin.security.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to verify a token: by Qilin with all its checks, by the library beneath used bare, and from the cache of
 * verified tokens?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar TokenBenchmark
 * </pre>
 *
 * <p>{@code hs256Nimbus} parses the token, checks the signature, reads the claims and looks at {@code exp}. Nimbus checks Ed25519 by
 * another library, so the peer of {@code eddsaQilin} is the JDK's signature check alone, without any reading of the token.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenBenchmark {
  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.systemUTC();
  private final byte[] secret = new byte[32];
  private String hs256 = "";
  private String eddsa = "";
  private byte[] eddsaSigned = {};
  private byte[] eddsaSignature = {};
  private TokenVerifier hs256Verifier;
  private TokenVerifier eddsaVerifier;
  private TokenVerifier cachedVerifier;
  private MACVerifier nimbus;
  private KeyPair pair;

  /** Makes keys, tokens and verifiers. */
  @Setup
  public void begin() throws GeneralSecurityException, JOSEException {
    random.nextBytes(secret);
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    TokenKeys secrets = TokenKeys.of(TokenKey.secret("hs-1", JwsAlgorithm.HS256, secret));
    TokenKeys pairs = TokenKeys.of(TokenKey.signing("ed-1", JwsAlgorithm.EDDSA, pair, random));
    hs256 = issue(secrets);
    eddsa = issue(pairs);
    hs256Verifier = verifier(secrets).build();
    eddsaVerifier = verifier(pairs).build();
    cachedVerifier = verifier(pairs).cached(10_000).build();
    nimbus = new MACVerifier(secret);
    int dot = eddsa.lastIndexOf('.');
    eddsaSigned = eddsa.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
    eddsaSignature = Base64.getUrlDecoder().decode(eddsa.substring(dot + 1));
  }

  private String issue(TokenKeys keys) {
    TokenGrant grant =
        TokenGrant.builder("u-4711").roles(List.of("analyst", "trader")).build();
    return TokenIssuer.of(keys, "qilin", "desk", clock, random)
        .issue(grant)
        .text()
        .reveal();
  }

  private TokenVerifier.Builder verifier(TokenKeys keys) {
    return TokenVerifier.builder(keys, "qilin", "desk", clock)
        .revoked(RevocationList.of(1_000, clock));
  }

  /** HS256 with all checks. */
  @Benchmark
  public TokenVerdict hs256Qilin() {
    return accepted(hs256Verifier.check(hs256));
  }

  /** HS256 by the library alone. */
  @Benchmark
  public JWTClaimsSet hs256Nimbus() throws ParseException, JOSEException {
    SignedJWT token = SignedJWT.parse(hs256);
    JWTClaimsSet claims = token.getJWTClaimsSet();
    if (!token.verify(nimbus) || claims.getExpirationTime().getTime() < clock.millis()) {
      throw new AssertionError("refused");
    }
    return claims;
  }

  /** Ed25519 with all checks. */
  @Benchmark
  public TokenVerdict eddsaQilin() {
    return accepted(eddsaVerifier.check(eddsa));
  }

  /** The JDK's check of the same signature. */
  @Benchmark
  public boolean eddsaJdk() throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(pair.getPublic());
    verifier.update(eddsaSigned);
    return verifier.verify(eddsaSignature);
  }

  /** A token that was verified before: its hash, its time, its key and its revocation. */
  @Benchmark
  public TokenVerdict cacheHit() {
    return accepted(cachedVerifier.check(eddsa));
  }

  private static TokenVerdict accepted(TokenVerdict verdict) {
    if (!(verdict instanceof TokenVerdict.Accepted)) {
      throw new AssertionError(verdict);
    }
    return verdict;
  }
}
