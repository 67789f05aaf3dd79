package io.qilin.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import java.util.List;

/**
 * How long models take, in seconds, and how many tokens they use. The model that a server says it used is no attribute
 * here, as it is a text from outside. Thread-safe.
 */
final class LlmMeters {
  private static final double NANOS = 1e9;

  private final Spans spans;
  private final DoubleHistogram duration;
  private final LongHistogram tokens;

  LlmMeters(Meter meter, Spans spans) {
    this.spans = spans;
    this.duration = meter
        .histogramBuilder("gen_ai.client.operation.duration")
        .setUnit("s")
        .setDescription("Duration of calls of language models.")
        .setExplicitBucketBoundariesAdvice(List.of(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92))
        .build();
    this.tokens = meter
        .histogramBuilder("gen_ai.client.token.usage")
        .setUnit("{token}")
        .setDescription("Tokens of questions and answers.")
        .ofLongs()
        .setExplicitBucketBoundariesAdvice(List.of(
            1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L,
            16777216L, 67108864L))
        .build();
  }

  void answered(LlmModel model, LlmReply reply, long nanos) {
    spans.quietly(() -> {
      if (duration.isEnabled()) {
        duration.record(nanos / NANOS, of(model).build());
      }
      reply.usage().filter(usage -> tokens.isEnabled()).ifPresent(usage -> {
        tokens.record(usage.prompt(), of(model).put(Keys.TOKEN_TYPE, "input").build());
        tokens.record(
            usage.completion(), of(model).put(Keys.TOKEN_TYPE, "output").build());
      });
    });
  }

  void failed(LlmModel model, String errorType, long nanos) {
    spans.quietly(() -> {
      if (duration.isEnabled()) {
        duration.record(nanos / NANOS, of(model).put(Keys.ERROR_TYPE, errorType).build());
      }
    });
  }

  private static AttributesBuilder of(LlmModel model) {
    return Attributes.builder()
        .put(Keys.OPERATION, GenAi.OPERATION)
        .put(Keys.PROVIDER, GenAi.provider(model.provider()))
        .put(Keys.REQUEST_MODEL, model.name());
  }
}
