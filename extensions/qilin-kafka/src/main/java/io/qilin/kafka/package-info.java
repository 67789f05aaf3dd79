/** Streams from and to Apache Kafka. */
@NullMarked
package io.qilin.kafka;

import org.jspecify.annotations.NullMarked;
