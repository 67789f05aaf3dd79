package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.qilin.agents.desk.DeskResult;
import io.qilin.api.error.ErrorCode;
import io.qilin.testkit.ScriptedLlm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskSpansTest {

  private final Telemetry host = new Telemetry();
  private final QilinTelemetry telemetry = QilinTelemetry.of(host.sdk(), () -> 0);
  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  @AfterEach
  void close() {
    pool.shutdownNow();
    host.close();
  }

  private static ScriptedLlm speaking() {
    return ScriptedLlm.always((request, call) -> {
      boolean judge = request.messages().get(0).text().contains("You judge what was said");
      return ScriptedLlm.text(
              "{\"claim\":\"canary\",\"evidence\":[]" + (judge ? ",\"lean\":0}" : "}"))
          .answer(request, call);
    });
  }

  @Test
  void whenADeskRunsOnSeveralThreads_thenItsSpansAreOneTree() {
    DeskResult result = Desks.withBroken(telemetry.observations(), pool);
    SpanData run = host.span("qilin.desk.run");
    assertThat(run.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(run.getParentSpanContext().isValid()).isFalse();
    assertThat(run.getInstrumentationScopeInfo().getName()).isEqualTo(QilinTelemetry.SCOPE);
    assertThat(host.spans()).allSatisfy(span -> {
      assertThat(span.getTraceId()).isEqualTo(run.getTraceId());
      assertThat(span.hasEnded()).isTrue();
    });
    assertThat(host.below(run))
        .extracting(SpanData::getName)
        .contains(
            "analyst market", "analyst risk-manager", "qilin.desk.debate", "qilin.desk.select")
        .hasSize(host.spans().size() - 1);
    assertThat(Telemetry.text(run, "qilin.session")).isEqualTo("2025-11-21");
    assertThat(Telemetry.text(run, "qilin.candidates")).isEqualTo("10");
    assertThat(Telemetry.text(run, "qilin.recommended"))
        .isEqualTo(Integer.toString(result.recommendations().size()));
    assertThat(run.getEvents())
        .extracting(EventData::getName)
        .filteredOn(name -> name.equals("recommended"))
        .isNotEmpty()
        .hasSameSizeAs(result.recommendations());
    assertThat(telemetry.failures()).isZero();
  }

  @Test
  void whenAnAnalystFails_thenItsSpanAndTheRunSaySoWithoutTheMessage() {
    Desks.withBroken(telemetry.observations(), pool);
    SpanData broken = host.span("analyst broken");
    assertThat(broken.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(broken.getStatus().getDescription()).isEmpty();
    assertThat(Telemetry.text(broken, "error.type")).isEqualTo("QILIN-1001");
    SpanData run = host.span("qilin.desk.run");
    assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(Telemetry.text(run, "qilin.degraded")).isEqualTo("analyst");
    assertThat(run.getEvents()).extracting(EventData::getName).contains("analyst-failed broken");
    assertThat(host.spans().toString()).doesNotContain("canary").doesNotContain(".SH");
  }

  @Test
  void whenAnAnalystHasNoData_thenItsSpanCountsItsAbstentions() {
    Desks.run(telemetry.observations(), pool);
    SpanData news = host.span("analyst news");
    assertThat(Telemetry.text(news, "qilin.opinions")).isEqualTo("10");
    assertThat(Telemetry.text(news, "qilin.abstained")).isEqualTo("10");
    assertThat(Telemetry.text(host.span("analyst market"), "qilin.abstained")).isEqualTo("0");
    assertThat(Telemetry.text(host.span("qilin.desk.run"), "qilin.degraded")).isNull();
  }

  @Test
  void whenModelsSpeak_thenTheirCallsLieBelowTheDebateAndItsTurnsAreEvents() {
    var model = telemetry.trace(speaking());
    Desks.withModels(telemetry.observations(), Context.taskWrapping(pool), model);
    List<SpanData> calls = host.below(host.span("qilin.desk.debate"));
    assertThat(calls).isNotEmpty().allSatisfy(call -> {
      assertThat(call.getName()).isEqualTo("chat scripted-1");
      assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
    });
    SpanData run = host.span("qilin.desk.run");
    assertThat(run.getEvents()).extracting(EventData::getName).contains("ranked", "spoken bull");
    assertThat(Telemetry.text(run, "qilin.degraded")).isEqualTo("data");
    assertThat(host.spans().toString()).doesNotContain("canary");
  }

  @Test
  void whenModelsFail_thenTheRunIsMarkedAndTheCallsTellTheCode() {
    var model = telemetry.trace(ScriptedLlm.always(ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE)));
    Desks.withModels(telemetry.observations(), Context.taskWrapping(pool), model);
    assertThat(Telemetry.text(host.span("qilin.desk.run"), "qilin.degraded"))
        .isEqualTo("data,model");
    assertThat(Telemetry.text(host.span("chat scripted-1"), "error.type")).isEqualTo("QILIN-3100");
  }

  @Test
  void whenTheHostIsInASpan_thenTheRunLiesBelowIt() {
    Span nightly = host.sdk().getTracer("host").spanBuilder("nightly").startSpan();
    try (Scope scope = nightly.makeCurrent()) {
      assertThat(scope).isNotNull();
      telemetry.stage("qilin.evening", () -> Desks.run(telemetry.observations(), pool));
    } finally {
      nightly.end();
    }
    SpanData evening = host.span("qilin.evening");
    assertThat(evening.getParentSpanId()).isEqualTo(nightly.getSpanContext().getSpanId());
    assertThat(host.span("qilin.desk.run").getParentSpanId()).isEqualTo(evening.getSpanId());
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void whenObservedOrNot_thenTheDecisionIsTheSame() {
    DeskResult seen = Desks.withBroken(telemetry.observations(), pool);
    assertThat(seen.record())
        .isEqualTo(Desks.withBroken(ObservationRegistry.NOOP, Runnable::run).record());
  }

  @Test
  void whenObservationsAreNotQilins_thenTheyGetNoSpanAndHideNoParent() {
    ObservationRegistry registry = telemetry.observations();
    Observation.createNotStarted("qilin.outer", registry)
        .observe(() -> Observation.createNotStarted("http.request", registry)
            .observe(
                () -> Observation.createNotStarted("qilin.inner", registry).observe(() -> {})));
    assertThat(host.spans())
        .extracting(SpanData::getName)
        .containsExactly("qilin.inner", "qilin.outer");
    assertThat(host.span("qilin.inner").getParentSpanId())
        .isEqualTo(host.span("qilin.outer").getSpanId());
  }

  @Test
  @SuppressWarnings("deprecation") // still called by bridges to other contexts
  void whenAScopeIsMadeCurrentAgain_thenTheThreadIsLeftAsItWas() {
    ObservationRegistry registry = telemetry.observations();
    Observation other = Observation.start("qilin.other", registry);
    Observation.Scope away =
        CompletableFuture.supplyAsync(other::openScope, pool).join();
    Observation outer = Observation.start("qilin.outer", registry);
    Observation.Scope scope = outer.openScope();
    Span current = Span.current();
    scope.makeCurrent();
    assertThat(Span.current()).isSameAs(current);
    away.makeCurrent();
    assertThat(Span.current()).isNotSameAs(current);
    away.close();
    assertThat(Span.current()).isSameAs(current);
    scope.close();
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void whenAStageGivesNothingBack_thenItIsASpanToo() {
    telemetry.stage("qilin.publish", pool::shutdown);
    assertThat(pool.isShutdown()).isTrue();
    assertThat(host.span("qilin.publish").hasEnded()).isTrue();
  }

  @Test
  void whenTheTracerIsOff_thenObservationsReachNoHandler() {
    QilinTelemetry off = QilinTelemetry.of(OpenTelemetry.noop(), () -> 0);
    Observation.Context context = new Observation.Context();
    context.setName("qilin.desk.run");
    assertThat(off.handler().supportsContext(context)).isFalse();
    assertThat(telemetry.handler().supportsContext(context)).isTrue();
    assertThat(Desks.run(off.observations(), pool).recommendations()).isNotNull();
    assertThat(off.failures()).isZero();
  }
}
