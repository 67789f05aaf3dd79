/**
 * Streams from and to Apache Kafka. {@link io.qilin.kafka.KafkaReader} gives the partitions of topics as sources of a
 * pipeline, {@link io.qilin.kafka.KafkaStreamSink} takes its results, and {@link io.qilin.kafka.KafkaRelay} works on single
 * records in a consumer group. All begin with {@link io.qilin.kafka.KafkaSettings}.
 */
@NullMarked
package io.qilin.kafka;

import org.jspecify.annotations.NullMarked;
