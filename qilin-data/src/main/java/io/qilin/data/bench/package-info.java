/**
 * What speed is measured with, the same for the command line and for benchmarks: start with {@link
 * io.qilin.data.bench.Yardstick}. The clock is the caller's.
 */
@NullMarked
package io.qilin.data.bench;

import org.jspecify.annotations.NullMarked;
