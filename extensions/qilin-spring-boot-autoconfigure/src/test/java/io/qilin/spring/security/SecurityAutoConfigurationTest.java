package io.qilin.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.secret.Secret;
import io.qilin.security.access.Authorizer;
import io.qilin.security.access.Decision;
import io.qilin.security.access.Identity;
import io.qilin.security.audit.AuditEntry;
import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditOutcome;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.audit.CheckpointSigner;
import io.qilin.security.audit.CheckpointSink;
import io.qilin.security.audit.Ed25519Checkpoints;
import io.qilin.security.pipeline.Authenticator;
import io.qilin.security.pipeline.PipelineObserver;
import io.qilin.security.pipeline.SecuredCall;
import io.qilin.security.pipeline.SecurityPipeline;
import io.qilin.security.pipeline.SecurityStep;
import io.qilin.security.threat.CallVelocity;
import io.qilin.security.threat.ThreatBands;
import io.qilin.security.threat.ThreatDetector;
import io.qilin.spring.Contexts;
import io.qilin.spring.PartState;
import io.qilin.spring.PropertyRefused;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SecurityAutoConfigurationTest {
  @TempDir
  private Path folder;

  private ApplicationContextRunner audited() throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return Contexts.runner()
        .withBean(
            CheckpointSigner.class, () -> Ed25519Checkpoints.signer("2026-01", keys.getPrivate()))
        .withBean(CheckpointSink.class, () -> checkpoint -> {})
        .withPropertyValues("qilin.security.audit.directory=" + folder.resolve("audit"));
  }

  @Test
  void whenNothingIsSet_thenThereIsNeitherLogNorPipeline() {
    Contexts.runner().run(context -> {
      assertThat(context).doesNotHaveBean(AuditTrail.class);
      assertThat(context).doesNotHaveBean(SecurityPipeline.class);
    });
  }

  @Test
  void whenADirectoryIsNamed_thenRecordsAreKeptAndAClosedLogIsDown() throws Exception {
    audited().run(context -> {
      AuditLog log = context.getBean(AuditLog.class);
      log.record(AuditEntry.builder("u-1", "order.place", "order/1", AuditOutcome.SUCCEEDED)
          .build());
      AuditPart part = context.getBean(AuditPart.class);
      assertThat(part.description()).containsEntry("durableRecords", 1L);
      assertThat(part.state().level()).isEqualTo(PartState.Level.UP);
      log.close();
      assertThat(part.state().level()).isEqualTo(PartState.Level.DOWN);
    });
  }

  @Test
  void whenNobodySignsCheckpoints_thenTheStartSaysWhatIsMissing() {
    Contexts.runner()
        .withPropertyValues("qilin.security.audit.directory=" + folder)
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOf(PropertyRefused.class)
            .hasMessageContaining("CheckpointSigner"));
  }

  @Test
  void whenTheApplicationHasATrail_thenOursBacksOff() throws Exception {
    AuditTrail own = entry -> {};
    audited()
        .withBean("own", AuditTrail.class, () -> own)
        .run(context -> assertThat(context).getBean(AuditTrail.class).isSameAs(own));
  }

  private static ApplicationContextRunner piped(List<AuditEntry> records) {
    ThreatDetector calm = ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(new CallVelocity(6_000, 1_000), 1)
        .build();
    return Contexts.runner()
        .withBean(AuditTrail.class, () -> records::add)
        .withBean(Authenticator.class, () -> call -> Identity.of("zhang"))
        .withBean(
            Authorizer.class,
            () -> request -> request.action().equals("read")
                ? new Decision.Allow("r1", "may read")
                : new Decision.Deny("r2", "may not"))
        .withBean(Threats.class, () -> new Threats(calm, calm, (call, subject, found) -> {}))
        .withPropertyValues(
            "qilin.security.pipeline.enabled=true",
            "qilin.security.pipeline.without-device=one machine",
            "qilin.security.pipeline.without-context=one machine",
            "qilin.security.pipeline.without-second-factor=nothing is sold");
  }

  @Test
  void whenAPipelineIsAskedFor_thenItLetsInAndRefuses() {
    List<AuditEntry> records = new CopyOnWriteArrayList<>();
    piped(records).run(context -> {
      SecurityPipeline pipeline = context.getBean(SecurityPipeline.class);
      assertThat(ask(pipeline, "read")).isEqualTo("done");
      assertThat(ask(pipeline, "trade")).isEqualTo("AUTHORIZATION");
      assertThat(records.toString()).contains("nothing is sold");
    });
  }

  @Test
  void whenTheApplicationObservesCalls_thenItIsToldBesidesTheMeters() {
    MeterRegistry meters = new SimpleMeterRegistry();
    List<SecurityStep> seen = new CopyOnWriteArrayList<>();
    piped(new CopyOnWriteArrayList<>())
        .withBean(MeterRegistry.class, () -> meters)
        .withBean("own", PipelineObserver.class, () -> (last, refusal, nanos) -> seen.add(last))
        .run(context -> {
          ask(context.getBean(SecurityPipeline.class), "read");
          assertThat(seen).hasSize(1);
          assertThat(meters.get("qilin.security.calls").timer().count()).isEqualTo(1);
        });
  }

  private static String ask(SecurityPipeline pipeline, String action) {
    try {
      return pipeline.execute(
          SecuredCall.builder(Secret.of("credential"), action, "factors", "payload", "10.0.0.7")
              .build(),
          (payload, identity) -> "done",
          (answer, identity) -> answer);
    } catch (io.qilin.api.error.QilinException e) {
      return e.code().name();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"without-device", "without-context", "without-second-factor"})
  void whenAStepHasNeitherBeanNorReason_thenTheStartNamesTheProperty(String step) {
    String property = "qilin.security.pipeline." + step;
    piped(new CopyOnWriteArrayList<>())
        .withPropertyValues(property + "=")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                PropertyRefused.class, e -> assertThat(e.property()).isEqualTo(property)));
  }

  @Test
  void whenNobodyAuthorizes_thenThereIsNoDefault() {
    Contexts.runner()
        .withPropertyValues("qilin.security.pipeline.enabled=true")
        .run(context ->
            assertThat(context).getFailure().rootCause().isInstanceOf(PropertyRefused.class));
  }
}
