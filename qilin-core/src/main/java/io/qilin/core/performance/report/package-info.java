/** A performance for people and programs: start with {@link io.qilin.core.performance.report.PerformanceReport}. */
@NullMarked
package io.qilin.core.performance.report;

import org.jspecify.annotations.NullMarked;
