/**
 * Streams and factors as jobs of Apache Flink, with the operators of {@code io.qilin.data.stream} and {@code
 * io.qilin.core.factor}: start with {@link io.qilin.flink.FlinkWindows} and {@link io.qilin.flink.FlinkFactors}.
 */
@NullMarked
package io.qilin.flink;

import org.jspecify.annotations.NullMarked;
