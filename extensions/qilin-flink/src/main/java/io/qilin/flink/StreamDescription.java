package io.qilin.flink;

import io.qilin.data.stream.PipelineBuilder;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Describes a stream: parser, fields, sessions, windows, rules, enrichment, anomalies. It is sent to the task managers and called there
 * once for each task, so it makes everything anew and best captures nothing: a static method, {@code MyJob::describe}. The
 * same description with sources and sinks is a pipeline in process.
 *
 * @param <T> the record
 */
@FunctionalInterface
public interface StreamDescription<T> extends Serializable {
  /** Describes the stream, without sources, sinks, dead letters, checkpoint, deadline and pacer, which are Flink's. */
  PipelineBuilder<ByteBuffer, T> describe();
}
