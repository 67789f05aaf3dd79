package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.qilin.agents.monitor.ObservedLlmClient;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmRequest;
import io.qilin.testkit.ScriptedLlm;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Observations as spans of OpenTelemetry, as a host has them. */
class SpansTest {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider = SdkTracerProvider.builder()
      .addSpanProcessor(SimpleSpanProcessor.create(exporter))
      .build();
  private final ObservationRegistry observations = ObservationRegistry.create();
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final FunctionTracing tracing;

  SpansTest() {
    OtelTracer tracer =
        new OtelTracer(provider.get("io.qilin"), new OtelCurrentTraceContext(), event -> {});
    observations
        .observationConfig()
        .observationHandler(new DefaultTracingObservationHandler(tracer));
    tracing = FunctionTracing.install(observations, clock);
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String attribute(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  @Test
  void whenAFunctionIsObserved_thenItsSpanSaysWhichWhenAndHow() {
    String answer = tracing.observe("rebalance", () -> {
      clock.advance(Duration.ofSeconds(5));
      return tracing.observe("rank", () -> "done");
    });
    assertThat(answer).isEqualTo("done");
    SpanData outer = span("rebalance");
    assertThat(attribute(outer, "function")).isEqualTo("rebalance");
    assertThat(attribute(outer, "timestamp")).isEqualTo("2026-01-05T01:30:00Z");
    assertThat(attribute(outer, "status")).isEqualTo("OK");
    assertThat(attribute(outer, "exception")).isNull();
    assertThat(span("rank").getParentSpanId()).isEqualTo(outer.getSpanId());
    assertThat(attribute(span("rank"), "timestamp")).isEqualTo("2026-01-05T01:30:05Z");
  }

  @Test
  void whenAFunctionFails_thenTheSpanHasTheCodeOrTheClassAndNotTheMessage() {
    assertThatThrownBy(() -> tracing.observe("fetch", () -> {
          throw new QilinException(ErrorCode.DATA_FETCH, "away");
        }))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> tracing.observe("parse", () -> Integer.parseInt("canary")))
        .isInstanceOf(NumberFormatException.class);
    assertThat(attribute(span("fetch"), "exception")).isEqualTo("QILIN-2000");
    assertThat(attribute(span("fetch"), "status")).isEqualTo("ERROR");
    assertThat(span("fetch").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(attribute(span("parse"), "exception")).isEqualTo("NumberFormatException");
    assertThat(span("parse").getAttributes().toString()).doesNotContain("canary");
  }

  @Test
  void whenADeskRunsOnSeveralThreads_thenItsSpansHaveOneParent() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Desks.run(observations, pool);
    } finally {
      pool.shutdownNow();
    }
    SpanData run = span("qilin.desk.run");
    List<SpanData> analysts = exporter.getFinishedSpanItems().stream()
        .filter(each -> each.getName().startsWith("analyst "))
        .toList();
    assertThat(analysts).hasSizeGreaterThanOrEqualTo(4).allSatisfy(each -> {
      assertThat(each.getParentSpanId()).isEqualTo(run.getSpanId());
      assertThat(each.getTraceId()).isEqualTo(run.getTraceId());
      assertThat(attribute(each, "function")).isEqualTo(each.getName());
      assertThat(attribute(each, "timestamp")).isNotBlank();
    });
    assertThat(attribute(span("analyst broken"), "exception")).isEqualTo("QILIN-1001");
  }

  @Test
  void whenALanguageModelIsAsked_thenNoTextAndNoSecretIsInTheSpan() {
    LlmRequest request = LlmRequest.of(List.of(LlmMessage.user("canary question")), 100);
    try (ObservedLlmClient good = new ObservedLlmClient(
            ScriptedLlm.of(ScriptedLlm.text("canary answer")), observations, Optional.empty());
        ObservedLlmClient bad = new ObservedLlmClient(
            ScriptedLlm.of(ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT)),
            observations,
            Optional.empty())) {
      good.complete(request, LlmCall.within(Duration.ofSeconds(30)));
      assertThatThrownBy(() -> bad.complete(request, LlmCall.within(Duration.ofSeconds(30))))
          .isInstanceOf(QilinException.class);
    }
    assertThat(exporter.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> {
      assertThat(span.getAttributes().toString()).doesNotContain("canary");
      assertThat(span.getEvents().toString()).doesNotContain("canary");
    });
    assertThat(exporter.getFinishedSpanItems().get(1).getAttributes().toString())
        .contains("QILIN-3103");
  }
}
