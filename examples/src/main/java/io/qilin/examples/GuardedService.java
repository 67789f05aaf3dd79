package io.qilin.examples;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.security.access.AccessControl;
import io.qilin.security.access.PolicyStore;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.mfa.MemoryMfaStore;
import io.qilin.security.mfa.OtpSettings;
import io.qilin.security.mfa.SecondFactor;
import io.qilin.security.pipeline.SecuredCall;
import io.qilin.security.pipeline.SecurityPipeline;
import io.qilin.security.pipeline.StepUpVerifier;
import io.qilin.security.pipeline.TokenAuthenticator;
import io.qilin.security.threat.CallVelocity;
import io.qilin.security.threat.CredentialStuffing;
import io.qilin.security.threat.ThreatBands;
import io.qilin.security.threat.ThreatDetector;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.RevocationList;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerifier;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** The program of docs/security-pipeline.md: a service whose every call must prove itself. */
public final class GuardedService {
  private static final String POLICY = """
      {"revision": 1,
       "roles": {"analyst": {"permissions": ["read:factors/**"]},
                 "trader": {"inherits": ["analyst"], "permissions": ["submit:orders/*"]}},
       "subjects": {"zhang": ["trader"], "li": ["analyst"]},
       "rules": [{"id": "fresh-factor", "effect": "stepUp", "permissions": ["submit:**"],
                  "methods": ["otp"], "maxAgeSeconds": 300}]}
      """;

  private final TokenIssuer issuer;
  private final SecurityPipeline pipeline;

  GuardedService(
      AuditTrail audit, AlertSink alerts, Clock clock, LongSupplier ticker, Executor threads) {
    SecureRandom random = new SecureRandom();
    byte[] secret = random.generateSeed(32); // in a real host: from its SecretProvider
    TokenKeys keys = TokenKeys.of(TokenKey.secret("2026-11", JwsAlgorithm.HS256, secret));
    PolicyStore policy = PolicyStore.of(
        () -> POLICY.getBytes(StandardCharsets.UTF_8), ticker, Duration.ofSeconds(60));
    policy.refresh(); // and again, more often than once a minute
    this.issuer = TokenIssuer.of(keys, "qilin", "desk", clock, random);
    this.pipeline = SecurityPipeline.builder(audit, clock, ticker, random)
        .authenticate(new TokenAuthenticator(TokenVerifier.builder(keys, "qilin", "desk", clock)
            .revoked(RevocationList.of(100_000, clock))
            .cached(10_000)
            .build()))
        .withoutDevice("one machine, behind a locked door")
        .context((identity, call) -> call.address().startsWith("10.") ? 0 : 0.8, 0.7)
        .authorize(AccessControl.of(policy, ticker))
        .threats(
            ThreatDetector.builder(ThreatBands.DEFAULT)
                .signal(new CredentialStuffing(100_000), 1)
                .build(),
            ThreatDetector.builder(ThreatBands.DEFAULT)
                .signal(new CallVelocity(6_000, 100_000), 1)
                .build(),
            (call, subject, found) -> {})
        .secondFactor(StepUpVerifier.codes(
            SecondFactor.of(new MemoryMfaStore(), clock, random, OtpSettings.DEFAULT)))
        .alerts(alerts)
        .deadline(Duration.ofSeconds(2), threads)
        .build();
  }

  /** A token as a login would give it. */
  String token(String user) {
    return "Bearer "
        + issuer.issue(TokenGrant.builder(user).roles(List.of()).build()).text().reveal();
  }

  /** Answers a question, or says why not. */
  String ask(String credential, String action, String resource, String address) {
    SecuredCall<String> call = SecuredCall.builder(
            Secret.of(credential), action, resource, resource, address)
        .build();
    try {
      return pipeline.execute(
          call,
          (payload, identity) -> payload + " for " + identity.subject(),
          (answer, identity) -> answer);
    } catch (QilinException refused) {
      return refused.code().name();
    }
  }

  /**
   * Lets calls of two users in.
   *
   * @param args none
   */
  public static void main(String[] args) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      run(threads, System.out);
    } finally {
      threads.shutdownNow();
    }
  }

  static void run(Executor threads, PrintStream out) {
    GuardedService service = new GuardedService(
        entry -> out.println("audit: " + entry.outcome() + " " + entry.action().text() + " by "
            + entry.identity().text()),
        alert -> out.println("alert: " + alert.code()),
        Clock.systemUTC(),
        System::nanoTime,
        threads);
    String li = service.token("li");
    out.println(service.ask(li, "read", "factors/alpha158", "10.0.0.7"));
    out.println(service.ask(li, "submit", "orders/600519.SH", "10.0.0.7"));
    out.println(service.ask(service.token("zhang"), "submit", "orders/600519.SH", "10.0.0.7"));
    out.println(service.ask(li, "read", "factors/alpha158", "203.0.113.7"));
    out.println(service.ask("Bearer made-up", "read", "factors/alpha158", "10.0.0.7"));
  }
}
