package io.qilin.benchmarks;

import io.qilin.api.secret.Secret;
import io.qilin.security.access.AccessControl;
import io.qilin.security.access.PolicyStore;
import io.qilin.security.pipeline.SecuredCall;
import io.qilin.security.pipeline.SecurityPipeline;
import io.qilin.security.pipeline.TokenAuthenticator;
import io.qilin.security.threat.CallVelocity;
import io.qilin.security.threat.CredentialStuffing;
import io.qilin.security.threat.NewDevice;
import io.qilin.security.threat.ThreatBands;
import io.qilin.security.threat.ThreatDetector;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.RevocationList;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the whole pipeline cost a call, with a token that was verified before and an audit trail in memory? With a deadline
 * the steps run on another thread; without one on the caller's.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar SecurityChainBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SecurityChainBenchmark {
  private static final String POLICY = """
      {"revision": 1,
       "roles": {"analyst": {"permissions": ["read:factors/**"]}},
       "subjects": {"li": ["analyst"]},
       "rules": []}
      """;

  /** Whether a deadline holds. */
  @Param({"true", "false"})
  public boolean deadline;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private long recorded;
  private SecurityPipeline pipeline = pipeline(TokenKeys.of(key()), Clock.systemUTC());
  private SecuredCall<Integer> call =
      SecuredCall.builder(Secret.of("x"), "a", "r", 1, "a").build();

  /** For JMH. */
  public SecurityChainBenchmark() {}

  private static TokenKey key() {
    return TokenKey.secret("k1", JwsAlgorithm.HS256, new SecureRandom().generateSeed(32));
  }

  /** Makes the pipeline and one call. */
  @Setup
  public void prepare() {
    TokenKeys keys = TokenKeys.of(key());
    Clock clock = Clock.systemUTC();
    pipeline = pipeline(keys, clock);
    String token = TokenIssuer.of(keys, "qilin", "desk", clock, new SecureRandom())
        .issue(TokenGrant.builder("li").life(Duration.ofMinutes(15)).build())
        .text()
        .reveal();
    call = SecuredCall.builder(
            Secret.of("Bearer " + token), "read", "factors/alpha158", 1, "10.0.0.7")
        .deviceId("desk-1")
        .build();
  }

  private SecurityPipeline pipeline(TokenKeys keys, Clock clock) {
    PolicyStore policy = PolicyStore.of(
        () -> POLICY.getBytes(StandardCharsets.UTF_8), () -> 0L, Duration.ofSeconds(60));
    policy.refresh();
    SecurityPipeline.Builder builder = SecurityPipeline.builder(
            entry -> recorded++, clock, System::nanoTime, new SecureRandom())
        .authenticate(new TokenAuthenticator(TokenVerifier.builder(keys, "qilin", "desk", clock)
            .revoked(RevocationList.of(100_000, clock))
            .cached(10_000)
            .build()))
        .device((identity, asked) -> 0.9, 0.5)
        .context((identity, asked) -> 0.1, 0.7)
        .authorize(AccessControl.of(policy, () -> 0L))
        .threats(
            ThreatDetector.builder(ThreatBands.DEFAULT)
                .signal(new CredentialStuffing(100_000), 1)
                .build(),
            ThreatDetector.builder(ThreatBands.DEFAULT)
                .signal(new CallVelocity(1e9, 100_000), 0.5)
                .signal(new NewDevice(100_000), 0.3)
                .build(),
            (asked, subject, found) -> {})
        .withoutSecondFactor("nobody is asked for one")
        .alerts(alert -> {});
    return (deadline
            ? builder.deadline(Duration.ofSeconds(2), threads)
            : builder.withoutDeadline("to measure what it costs"))
        .build();
  }

  /** One call. */
  @Benchmark
  public int call() {
    return pipeline.execute(call, (payload, identity) -> payload + 1, (answer, identity) -> answer);
  }

  /** Stops the threads. */
  @TearDown
  public void stop() {
    threads.shutdownNow();
  }
}
