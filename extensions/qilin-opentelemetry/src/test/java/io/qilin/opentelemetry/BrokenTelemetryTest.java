package io.qilin.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmMessage;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.source.BarQuery;
import io.qilin.data.demo.DemoProvider;
import io.qilin.testkit.ScriptedLlm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An OpenTelemetry that throws wherever it is touched changes nothing. */
class BrokenTelemetryTest {
  private enum Place {
    START,
    END
  }

  /** Throws when spans start, or end. */
  private record Throwing(Place place) implements SpanProcessor {
    private void meet(Place where) {
      if (where == place) {
        throw new IllegalStateException("the processor is broken");
      }
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      meet(Place.START);
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      meet(Place.END);
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  /** Builds one tracer. */
  private record Only(Tracer tracer) implements TracerBuilder {
    @Override
    public TracerBuilder setSchemaUrl(String url) {
      return this;
    }

    @Override
    public TracerBuilder setInstrumentationVersion(String version) {
      return this;
    }

    @Override
    public Tracer build() {
      return tracer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whenASpanProcessorThrows_thenResultsAreTheSame(Place place) {
    try (OpenTelemetrySdk sdk = Telemetry.of(new Throwing(place))) {
      allGoesWell(QilinTelemetry.of(sdk, () -> 0));
    }
  }

  @Test
  void whenTheTracerThrows_thenResultsAreTheSame() {
    Tracer tracer = new Tracer() {
      @Override
      public SpanBuilder spanBuilder(String name) {
        throw new NoSuchMethodError("an older version on the class path");
      }
    };
    allGoesWell(QilinTelemetry.of(of(tracer), () -> 0));
  }

  @Test
  void whenTheTracerCannotSayWhetherItIsOn_thenItCountsAsOff() {
    Tracer tracer = new Tracer() {
      @Override
      public boolean isEnabled() {
        throw new IllegalStateException("closed");
      }

      @Override
      public SpanBuilder spanBuilder(String name) {
        throw new AssertionError("it is off");
      }
    };
    allGoesWell(QilinTelemetry.of(of(tracer), () -> 0));
  }

  private static OpenTelemetry of(Tracer tracer) {
    return new OpenTelemetry() {
      @Override
      public TracerProvider getTracerProvider() {
        return new TracerProvider() {
          @Override
          public Tracer get(String scope) {
            return tracer;
          }

          @Override
          public Tracer get(String scope, String version) {
            return tracer;
          }

          @Override
          public TracerBuilder tracerBuilder(String scope) {
            return new Only(tracer);
          }
        };
      }

      @Override
      public ContextPropagators getPropagators() {
        return ContextPropagators.noop();
      }
    };
  }

  private static void allGoesWell(QilinTelemetry telemetry) {
    assertThat(Desks.withBroken(telemetry.observations(), Runnable::run).record())
        .isEqualTo(Desks.withBroken(ObservationRegistry.NOOP, Runnable::run).record());
    LlmRequest request = LlmRequest.of(List.of(LlmMessage.user("?")), 10);
    assertThat(telemetry
            .trace(ScriptedLlm.of(ScriptedLlm.text("yes")))
            .complete(request, LlmCall.within(Duration.ofSeconds(30)))
            .text())
        .isEqualTo("yes");
    assertThat(telemetry
            .trace("demo", new DemoProvider().open(Map.of("symbols", "2", "years", "1")))
            .bars(BarQuery.ALL)
            .panel()
            .symbols())
        .hasSize(2);
    assertThat(telemetry.<String>stage("qilin.stage", () -> "done")).isEqualTo("done");
    assertThat(telemetry.failures()).isPositive();
    assertThat(Context.current()).isSameAs(Context.root());
  }
}
