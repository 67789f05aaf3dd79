package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.llm.LlmRouter;
import io.qilin.agents.monitor.LlmObservation;
import io.qilin.agents.monitor.ObservedLlmClient;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmPrice;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.TrainingWindow;
import io.qilin.api.secret.Secret;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.DataCapability;
import io.qilin.data.failover.Attempt;
import io.qilin.data.failover.ChainEvent;
import io.qilin.data.failover.SourceChain;
import io.qilin.data.source.MarketDataProviders;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.security.access.Decision;
import io.qilin.security.access.Identity;
import io.qilin.security.pipeline.CallRefused;
import io.qilin.security.pipeline.SecuredCall;
import io.qilin.security.pipeline.SecurityPipeline;
import io.qilin.security.threat.ThreatBands;
import io.qilin.security.threat.ThreatCall;
import io.qilin.security.threat.ThreatDetector;
import io.qilin.security.threat.ThreatSignal;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a host wires the other modules to the meters, with the real things. */
class BridgesTest {
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final QilinMetrics metrics = QilinMetrics.on(registry);

  @Test
  void whenADeskRuns_thenItsAnalystsAreMeasured() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry))
        .observationHandler(metrics.agents().observations("qilin.desk.analyst", "analyst"));
    Desks.run(observations, Runnable::run);
    assertThat(registry.find("qilin.agent.analysis.duration").timers())
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(timer -> timer.count() == 1);
    assertThat(registry
            .get("qilin.agent.errors")
            .tag("agent", "broken")
            .tag("code", "QILIN-1001")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(registry.get("qilin.agents.active").gauge().value()).isZero();
    assertThat(registry.get("qilin.desk.run").timer().count()).isEqualTo(1);
  }

  @Test
  void whenALanguageModelAnswers_thenTokensMoneyAndRoutesAreMeasured() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new ObservationHandler<LlmObservation>() {
      @Override
      public void onStop(LlmObservation seen) {
        seen.usage()
            .ifPresent(usage -> metrics.llm().used(seen.model().toString(), usage, seen.cost()));
      }

      @Override
      public boolean supportsContext(io.micrometer.observation.Observation.Context context) {
        return context instanceof LlmObservation;
      }
    });
    LlmPrice price =
        new LlmPrice("USD", new BigDecimal("1"), new BigDecimal("1"), new BigDecimal("2"));
    try (LlmRouter router = LlmRouter.builder(System::nanoTime)
        .member("first", ScriptedLlm.of(ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE)), 1)
        .member(
            "second",
            new ObservedLlmClient(
                ScriptedLlm.of(ScriptedLlm.text("yes")), observations, Optional.of(price)),
            1)
        .listener(route -> metrics.llm().routed(route.member(), route.outcome(), route.took()))
        .build()) {
      router.complete(
          LlmRequest.of(List.of(LlmMessage.user("a secret question")), 100),
          LlmCall.within(Duration.ofSeconds(30)));
    }
    assertThat(registry.get("qilin.llm.routes").tag("outcome", "USED").timer().count())
        .isEqualTo(1);
    assertThat(registry
            .get("qilin.llm.routes")
            .tag("outcome", "QILIN-3100")
            .timer()
            .count())
        .isEqualTo(1);
    assertThat(registry
            .get("qilin.llm.tokens")
            .tag("tokens", "completion")
            .counter()
            .count())
        .isPositive();
    assertThat(registry.get("qilin.llm.cost").counter().count()).isPositive();
    assertThat(registry.getMetersAsString()).doesNotContain("secret");
  }

  /** What a chain of sources tells, as meters. */
  private void measure(ChainEvent event) {
    if (event instanceof ChainEvent.Answered answered) {
      metrics
          .data()
          .answered(
              answered.kind(), answered.answer().member(), answered.answer().stale());
    } else if (event instanceof ChainEvent.PassedOver passed) {
      Attempt attempt = passed.attempt();
      metrics.data().passedOver(attempt.member(), attempt.outcome().name(), attempt.elapsed());
      attempt.code().ifPresent(code -> metrics.data().fetchFailed(attempt.member(), code));
    } else if (event instanceof ChainEvent.GuardChanged changed) {
      metrics.data().guardChanged(changed.member(), changed.after().name());
    }
  }

  @Test
  void whenASourceFails_thenTheChainIsMeasured() {
    try (FaultySource vendor = new FaultySource(demo());
        FaultySource backup = new FaultySource(demo())) {
      vendor.then(FaultySource.Fault.FAIL);
      SourceChain chain = SourceChain.builder(Runnable::run, clock, System::nanoTime)
          .member("vendor", vendor, Set.of(DataCapability.DAILY_BARS))
          .member("backup", backup, Set.of(DataCapability.DAILY_BARS))
          .listener(this::measure)
          .build();
      for (int i = 0; i < 20; i++) {
        chain.bars(BarQuery.ALL);
      }
      assertThat(chain.health().served()).isEqualTo(20);
    }
    assertThat(registry
            .get("qilin.data.answers")
            .tag("source", "backup")
            .tag("age", "fresh")
            .counter()
            .count())
        .isEqualTo(20);
    assertThat(registry
            .get("qilin.data.attempts")
            .tag("source", "vendor")
            .tag("outcome", "FAILED")
            .timer()
            .count())
        .isPositive();
    assertThat(registry
            .get("qilin.data.fetch.errors")
            .tag("source", "vendor")
            .counter()
            .count())
        .isPositive();
    assertThat(registry
            .get("qilin.data.guard.changes")
            .tag("state", "OPEN")
            .counter()
            .count())
        .isEqualTo(1);
  }

  private static io.qilin.api.source.MarketDataSource demo() {
    return MarketDataProviders.discover().get("demo").open(Map.of("symbols", "5", "years", "1"));
  }

  @Test
  void whenACallIsRefused_thenThePipelineIsMeasured() {
    SecurityPipeline pipeline = SecurityPipeline.builder(
            entry -> {}, clock, System::nanoTime, new SecureRandom())
        .authenticate(call -> Identity.of("zhang"))
        .device((identity, call) -> 0.9, 0.5)
        .context((identity, call) -> 0.1, 0.7)
        .authorize(request -> request.action().equals("read")
            ? new Decision.Allow("r1", "may read")
            : new Decision.Deny("r2", "may not"))
        .threats(calm(), calm(), (call, subject, found) -> {})
        .secondFactor((identity, code) -> true)
        .alerts(alert -> {})
        .observer(
            (last, refusal, nanos) -> metrics.security().finished(last.name(), refusal, nanos))
        .withoutDeadline("the test runs on one thread")
        .build();
    pipeline.execute(call("read"), (payload, identity) -> payload, (answer, identity) -> answer);
    assertThatThrownBy(() -> pipeline.execute(
            call("trade"), (payload, identity) -> payload, (answer, identity) -> answer))
        .isInstanceOf(CallRefused.class);
    assertThat(registry
            .get("qilin.security.calls")
            .tag("step", "OUTCOME")
            .tag("code", "none")
            .timer()
            .count())
        .isEqualTo(1);
    assertThat(registry
            .get("qilin.security.calls")
            .tag("step", "AUTHORIZE")
            .tag("code", "QILIN-6001")
            .timer()
            .count())
        .isEqualTo(1);
  }

  private static SecuredCall<String> call(String action) {
    return SecuredCall.builder(
            Secret.of("canary-credential"), action, "factors", "payload", "203.0.113.7")
        .deviceId("phone")
        .build();
  }

  private static ThreatDetector calm() {
    return ThreatDetector.builder(ThreatBands.DEFAULT)
        .signal(
            new ThreatSignal() {
              @Override
              public String id() {
                return "calm";
              }

              @Override
              public double score(ThreatCall call) {
                return 0;
              }
            },
            1)
        .build();
  }

  @Test
  void whenAModelIsRegistered_thenItIsCounted(@TempDir Path folder) {
    ArtifactStore artifacts = ArtifactStore.open(folder.resolve("artifacts"), clock);
    try (Database database = Database.sqlite(folder.resolve("models.db"))) {
      EmbeddedRegistry models =
          EmbeddedRegistry.builder(database, artifacts, clock, System::nanoTime).open();
      models.listen(metrics.models());
      try (ArtifactHold file = artifacts.put("model".getBytes(StandardCharsets.UTF_8))) {
        TrainingWindow window = new TrainingWindow(
            LocalDate.of(2019, 1, 2), LocalDate.of(2020, 12, 31), LocalDate.of(2021, 1, 5));
        var version = models.register(ModelDraft.builder(
                "alpha", "test", new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE))
            .file("model.txt", file.artifact().sha256())
            .lineage(new ModelLineage("d", "f", "c", "r", Optional.of(window)))
            .build());
        models.delete(version.id());
      }
    }
    assertThat(registry
            .get("qilin.model.events")
            .tag("event", "REGISTERED")
            .counter()
            .count())
        .isEqualTo(1);
    assertThat(
            registry.get("qilin.model.events").tag("event", "DELETED").counter().count())
        .isEqualTo(1);
  }
}
