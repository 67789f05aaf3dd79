package io.qilin.security.pipeline;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.secret.Secret;
import io.qilin.security.access.Authorizer;
import io.qilin.security.access.Decision;
import io.qilin.security.access.Identity;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.threat.ThreatBands;
import io.qilin.security.threat.ThreatCall;
import io.qilin.security.threat.ThreatDetector;
import io.qilin.security.threat.ThreatSignal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** A pipeline in which every step says yes, with each part open to be replaced; counts what was let through. */
final class PipelineFixture {
  static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

  final List<AuditEntry> recorded = new CopyOnWriteArrayList<>();
  final List<Alert> alerted = new CopyOnWriteArrayList<>();
  final List<String> observed = new CopyOnWriteArrayList<>();
  final List<String> handled = new CopyOnWriteArrayList<>();
  final AtomicInteger done = new AtomicInteger();

  Authenticator authenticator = call -> Identity.of("zhang");
  DeviceVerifier device = (identity, call) -> 0.9;
  ContextVerifier context = (identity, call) -> 0.1;
  Authorizer authorizer = request -> new Decision.Allow("r1", "allowed by the test");
  ToDoubleFunction<ThreatCall> loginScore = call -> 0;
  ToDoubleFunction<ThreatCall> score = call -> 0;
  ThreatHandler handler = (call, subject, found) -> handled.add(subject);
  StepUpVerifier secondFactor = (identity, code) -> code.equals(Secret.of("123456"));
  AuditTrail audit = recorded::add;
  AlertSink alerts = alerted::add;
  PipelineObserver observer = (last, refusal, nanos) ->
      observed.add(last + refusal.map(code -> " " + code).orElse(""));
  Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  LongSupplier ticker = System::nanoTime;
  Optional<Executor> executor = Optional.empty();
  Duration deadline = Duration.ofSeconds(30);

  SecurityPipeline pipeline() {
    SecurityPipeline.Builder builder = SecurityPipeline.builder(
            entry -> audit.record(entry), clock, ticker, new SecureRandom())
        .authenticate(call -> authenticator.authenticate(call))
        .device((identity, call) -> device.trust(identity, call), 0.5)
        .context((identity, call) -> context.risk(identity, call), 0.7)
        .authorize(request -> authorizer.decide(request))
        .threats(
            detector(call -> loginScore.applyAsDouble(call)),
            detector(call -> score.applyAsDouble(call)),
            (call, subject, found) -> handler.handle(call, subject, found))
        .secondFactor((identity, code) -> secondFactor.verify(identity, code))
        .alerts(alert -> alerts.alert(alert))
        .observer((last, refusal, nanos) -> observer.finished(last, refusal, nanos));
    return (executor.isPresent()
            ? builder.deadline(deadline, executor.get())
            : builder.withoutDeadline("the tests run on one thread"))
        .build();
  }

  String run() {
    return run(call().build());
  }

  String run(SecuredCall<String> call) {
    return pipeline()
        .execute(
            call,
            (payload, identity) -> {
              done.incrementAndGet();
              return payload + " for " + identity.subject();
            },
            (answer, identity) -> answer);
  }

  static SecuredCall.Builder<String> call() {
    return SecuredCall.builder(
            Secret.of("canary-credential"),
            "read",
            "factors/alpha158",
            "canary-payload",
            "203.0.113.7")
        .deviceId("phone")
        .correlationId("c-1");
  }

  private static ThreatDetector detector(ToDoubleFunction<ThreatCall> score) {
    return ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(
            new ThreatSignal() {
              @Override
              public String id() {
                return "test";
              }

              @Override
              public double score(ThreatCall call) {
                return score.applyAsDouble(call);
              }
            },
            1)
        .build();
  }
}
