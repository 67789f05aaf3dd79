/**
 * Streams in process, without a broker: records are parsed, checked, enriched, aggregated in sliding event-time windows
 * that never span a break of the session, watched for anomalies and handed to sinks. Start with {@link
 * io.qilin.data.stream.StreamPipeline}.
 */
@NullMarked
package io.qilin.data.stream;

import org.jspecify.annotations.NullMarked;
