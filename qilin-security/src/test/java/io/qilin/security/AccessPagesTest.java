package io.qilin.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import io.qilin.security.access.AccessContext;
import io.qilin.security.access.AccessControl;
import io.qilin.security.access.AccessRequest;
import io.qilin.security.access.Decision;
import io.qilin.security.access.Identity;
import io.qilin.security.access.PolicyStore;
import io.qilin.security.crypto.KeyState;
import io.qilin.security.limit.ClientAddresses;
import io.qilin.security.limit.LimitKey;
import io.qilin.security.limit.LocalLimits;
import io.qilin.security.limit.RateLimit;
import io.qilin.security.limit.RateLimiter;
import io.qilin.security.mfa.Enrolment;
import io.qilin.security.mfa.MemoryMfaStore;
import io.qilin.security.mfa.OtpSettings;
import io.qilin.security.mfa.SecondFactor;
import io.qilin.security.signing.ApiKeys;
import io.qilin.security.signing.BodyHash;
import io.qilin.security.signing.DerivedRequestKeys;
import io.qilin.security.signing.IssuedApiKey;
import io.qilin.security.signing.MemoryApiKeyStore;
import io.qilin.security.signing.NonceCache;
import io.qilin.security.signing.RequestKey;
import io.qilin.security.signing.RequestSigner;
import io.qilin.security.signing.RequestVerifier;
import io.qilin.security.signing.SignableRequest;
import io.qilin.testkit.SettableClock;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/security-access.md}, {@code -mfa}, {@code -signing} and {@code -limit}. */
class AccessPagesTest {
  private static final String POLICY =
      "{\"revision\": 1, \"roles\": {\"trader\": {\"permissions\": [\"submit:orders/*\"]}},"
          + " \"subjects\": {\"alice\": [\"trader\"]}}";

  private final Clock clock = SettableClock.at(Instant.parse("2026-11-27T04:00:00Z"));

  @Test
  void whenTheExampleOfAccessRuns_thenAliceMaySubmit() {
    byte[] policyJson = POLICY.getBytes(StandardCharsets.UTF_8);

    PolicyStore store = PolicyStore.of(() -> policyJson, System::nanoTime, PolicyStore.LONGEST_AGE);
    store.refresh(); // and again every 20 s
    AccessControl access = AccessControl.of(store, System::nanoTime);
    AccessContext context = AccessContext.at(clock.instant()).withDevice("laptop-7", 0.9);
    Decision decision = access.decide(
        new AccessRequest(Identity.of("alice"), "submit", "orders/600519.SH", context));
    decision.orThrow();

    assertThat(decision.rule()).isEqualTo("role:trader");
  }

  @Test
  void whenTheExampleOfTheSecondFactorRuns_thenAUserCanBeEnrolled() {
    SecondFactor factor =
        SecondFactor.of(new MemoryMfaStore(), clock, new SecureRandom(), OtpSettings.DEFAULT);
    Enrolment shown = factor.enrol("alice", "Qilin");
    Secret qrCode = shown.uri();

    assertThat(qrCode.reveal()).startsWith("otpauth://totp/Qilin:alice?secret=");
  }

  @Test
  void whenTheExampleOfSigningRuns_thenTheRequestIsAccepted() {
    byte[] master = new byte[32];
    new SecureRandom().nextBytes(master);
    byte[] body = {1, 2, 3};

    // The server issues an API key, and with it a key to sign with.
    MemoryApiKeyStore store = new MemoryApiKeyStore();
    ApiKeys keys = ApiKeys.of(store, clock, new SecureRandom());
    IssuedApiKey issued = keys.issue("desk-1", Set.of("orders"), Duration.ofDays(90));
    DerivedRequestKeys requestKeys = DerivedRequestKeys.of(master, store);
    byte[] shared =
        HexFormat.of().parseHex(requestKeys.secretFor(issued.key().id()).reveal());

    // The client signs.
    RequestKey key =
        RequestKey.of(issued.key().id(), shared, KeyState.ACTIVE, issued.key().expiresAt());
    RequestSigner signer = RequestSigner.of(key, List.of(), clock, new SecureRandom());
    SignableRequest plain =
        SignableRequest.of("POST", "/orders?dry=1", List.of(), BodyHash.of(body));
    SignableRequest sent = plain.withHeaders(signer.sign(plain));

    // The server checks.
    NonceCache nonces = NonceCache.of(
        NonceCache.DEFAULT_ROOM, RequestVerifier.DEFAULT_WINDOW, System::nanoTime, Instant.MIN);
    RequestVerifier verifier =
        RequestVerifier.builder(requestKeys, nonces, clock).build();
    String keyId = verifier.verify(sent).orThrow();

    assertThat(keyId).isEqualTo(issued.key().id());
  }

  @Test
  void whenTheExampleOfLimitsRuns_thenTheCallerIsLetThrough() throws Exception {
    InetAddress peer = InetAddress.getByName("10.0.0.1");

    RateLimiter limiter = RateLimiter.of(LocalLimits.tokenBuckets(
        RateLimit.of(100, Duration.ofSeconds(1)), LocalLimits.DEFAULT_KEYS, System::nanoTime));
    ClientAddresses addresses =
        ClientAddresses.behind(List.of("10.0.0.0/8"), ClientAddresses.Header.X_FORWARDED_FOR);
    limiter.take(addresses.key(peer, List.of("203.0.113.9")), 1).orThrow();
    limiter.take(LimitKey.user("alice"), 5).orThrow();

    assertThat(addresses.key(peer, List.of("203.0.113.9")).value()).isEqualTo("203.0.113.9");
  }
}
