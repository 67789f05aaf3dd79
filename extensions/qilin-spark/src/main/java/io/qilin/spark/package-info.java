/**
 * Factors, table rules and Arrow on Apache Spark, with the numbers of the local engine. Start with {@link
 * io.qilin.spark.SparkFactors}.
 */
@NullMarked
package io.qilin.spark;

import org.jspecify.annotations.NullMarked;
