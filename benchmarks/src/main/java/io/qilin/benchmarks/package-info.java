/** How fast Qilin is, measured with JMH: start with {@link io.qilin.benchmarks.FactorEngineBenchmark}. */
@NullMarked
package io.qilin.benchmarks;

import org.jspecify.annotations.NullMarked;
