package io.qilin.opentelemetry;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.model.Predictor;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.stream.StreamSink;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes spans and metrics of OpenTelemetry of what Qilin does: runs of a desk, calls of sources, language models and
 * predictors, batches of streams. It uses the {@link OpenTelemetry} that it is given, never the global one; sampling,
 * exporting and resources are the host's.
 *
 * <p>A failure of OpenTelemetry, of a span processor for example, changes no result: it is counted by {@link #failures} and
 * goes no further. A failure of Qilin is told by its code ({@code error.type} is {@code QILIN-2000}) or its class, never by
 * its message. No share, question or answer is in a span unless {@link Builder#content} allows the words of models. While
 * the tracer is off, nothing is made.
 *
 * <p>A span becomes the child of the span that is current on its thread. Let executors carry it along, by {@code
 * Context.taskWrapping(executor)} of OpenTelemetry. Thread-safe.
 */
public final class QilinTelemetry {
  /** The name of tracer and meter. */
  public static final String SCOPE = "io.qilin";

  /** The version of the semantic conventions that the names of attributes are taken from. */
  public static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.37.0";

  private static final int MOST_CHARACTERS = 1 << 16;

  private final Spans spans;
  private final LlmMeters meters;
  private final Optional<Content> content;
  private final LongSupplier ticker;
  private final LongAdder failures;
  private final SpanObservations observations;

  private QilinTelemetry(Builder from) {
    this.failures = new LongAdder();
    this.ticker = from.ticker;
    Tracer tracer = from.telemetry.tracerBuilder(SCOPE).setSchemaUrl(SCHEMA_URL).build();
    this.spans = new Spans(tracer, failures);
    this.meters = new LlmMeters(
        from.telemetry.meterBuilder(SCOPE).setSchemaUrl(SCHEMA_URL).build(), spans);
    this.content =
        from.redactor.map(takesOut -> new Content(takesOut, from.maxCharacters, failures));
    this.observations = new SpanObservations(spans);
  }

  /**
   * Telemetry without the words of models.
   *
   * @param telemetry the host's
   * @param ticker nanoseconds since any moment, for the durations of metrics
   */
  public static QilinTelemetry of(OpenTelemetry telemetry, LongSupplier ticker) {
    return builder(telemetry, ticker).build();
  }

  /** The same with settings. */
  public static Builder builder(OpenTelemetry telemetry, LongSupplier ticker) {
    return new Builder(telemetry, ticker);
  }

  /**
   * A new registry whose observations become spans: give it to {@code ResearchDesk.Builder.observations}. A host that has
   * a registry adds {@link #handler} to it instead.
   */
  public ObservationRegistry observations() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(observations);
    return registry;
  }

  /**
   * Makes spans of observations whose name begins with {@code qilin.}, other than {@code qilin.llm.call}, which {@link
   * #trace(LlmClient)} tells in full. Not for a registry from which something else makes spans, such as the bridge of
   * Micrometer Tracing: every span would be there twice.
   */
  public ObservationHandler<Observation.Context> handler() {
    return observations;
  }

  /**
   * Runs a stage of the host's, for example {@code qilin.quality}, in a span.
   *
   * @param name one of few, never a text from outside
   */
  public <T> T stage(String name, Supplier<T> body) {
    Objects.requireNonNull(body, "body");
    return spans.within(
        Objects.requireNonNull(name, "name"), SpanKind.INTERNAL, span -> body.get());
  }

  /** The same for a stage that gives nothing back. */
  public void stage(String name, Runnable body) {
    Objects.requireNonNull(body, "body");
    stage(name, () -> {
      body.run();
      return name;
    });
  }

  /**
   * A model whose calls are spans by the conventions for generative AI, and are counted by {@code
   * gen_ai.client.operation.duration} and {@code gen_ai.client.token.usage}. Closing it closes the client.
   */
  public LlmClient trace(LlmClient client) {
    return new TracedLlmClient(client, spans, meters, content, ticker);
  }

  /**
   * A source whose calls are spans. Closing it closes the source.
   *
   * @param id which source it is, for the attribute {@code qilin.source}
   */
  public MarketDataSource trace(String id, MarketDataSource source) {
    return new TracedSource(id, source, spans);
  }

  /**
   * A model whose predictions are spans, one a call. Closing it closes the predictor.
   *
   * @param id which model it is, for the attribute {@code qilin.model}
   */
  public Predictor trace(String id, Predictor predictor) {
    return new TracedPredictor(id, predictor, spans);
  }

  /**
   * A sink whose flushes are spans, one a flush, with how many messages came since the one before. Closing it closes the
   * sink. For one thread at a time, as the sink is.
   *
   * @param id which sink it is, for the attribute {@code qilin.sink}
   */
  public <T> StreamSink<T> trace(String id, StreamSink<T> sink) {
    return new TracedSink<>(id, sink, spans);
  }

  /** How often OpenTelemetry, or the redactor of contents, failed. */
  public long failures() {
    return failures.sum();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final OpenTelemetry telemetry;
    private final LongSupplier ticker;
    private Optional<UnaryOperator<String>> redactor = Optional.empty();
    private int maxCharacters;

    private Builder(OpenTelemetry telemetry, LongSupplier ticker) {
      this.telemetry = Objects.requireNonNull(telemetry, "telemetry");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * Puts questions to models and their answers into spans ({@code gen_ai.input.messages}, {@code
     * gen_ai.output.messages}); not done unless set. What a model reasoned is left out. Of a conversation the last 32 turns
     * are taken.
     *
     * @param redactor takes out of each text what must not leave the process; a text on which it fails is left out
     * @param maxCharacters how much of each redacted text is kept, 1 to 65,536
     * @throws QilinException INVALID_ARGUMENT for another number
     */
    public Builder content(UnaryOperator<String> redactor, int maxCharacters) {
      if (maxCharacters < 1 || maxCharacters > MOST_CHARACTERS) {
        throw QilinException.invalid(
            "1 to " + MOST_CHARACTERS + " characters of a text are kept, not " + maxCharacters);
      }
      this.redactor = Optional.of(redactor);
      this.maxCharacters = maxCharacters;
      return this;
    }

    /** The telemetry. */
    public QilinTelemetry build() {
      return new QilinTelemetry(this);
    }
  }
}
