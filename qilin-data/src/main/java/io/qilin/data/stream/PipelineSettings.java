package io.qilin.data.stream;

import io.qilin.api.stream.StreamSink;
import io.qilin.api.stream.StreamSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that a pipeline was told. */
record PipelineSettings<P, T>(
    RecordParser<P, T> parser,
    StreamFields<T> fields,
    StreamSessions sessions,
    WindowSpec windows,
    List<StreamSource<P>> sources,
    List<StreamRule<T>> rules,
    boolean enriches,
    UnaryOperator<T> enrich,
    List<StreamSink<T>> recordSinks,
    List<AnomalyRule> anomalies,
    List<StreamSink<ClosedWindow>> sinks,
    StreamSink<DeadLetter> deadLetters,
    Consumer<StreamSignal> signals,
    @Nullable CheckpointFile checkpoint,
    long checkpointEvery,
    @Nullable Executor executor,
    Duration deadline,
    HandlerWaiting waiting,
    long outageNanos,
    LongSupplier outageTicker,
    LongConsumer outagePause,
    @Nullable Clock clock,
    long aheadNanos,
    LongSupplier ticker,
    long idleNanos,
    Runnable whenIdle,
    StreamPacer pacer,
    int batch,
    int mostKeys) {
  /** Whether the host's code sees single records. */
  boolean handles() {
    return enriches || !recordSinks.isEmpty();
  }

  /** What must be the same for a checkpoint to fit. */
  String fingerprint() {
    return "windows " + windows + ", sessions " + sessions.name() + ", sources "
        + sources.stream().map(StreamSource::id).toList() + ", rules "
        + rules.stream().map(StreamRule::id).collect(Collectors.toList()) + ", anomalies "
        + anomalies;
  }
}
